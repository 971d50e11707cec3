import { useWords } from '../../frame/index.ts'
import { Field, FieldSet, isPlaced, Tick } from '../../parts/field/Field.tsx'
import { Confirm } from '../../parts/index.ts'
import { Copied } from '../../parts/listing/Copied.tsx'
import { capital } from '../../parts/listing/capital.ts'
import { GroupRoles } from './GroupRoles.tsx'
import { PROVIDER_FIELDS, type Provider, useProviderForm } from './provider-form.ts'
import { useGivenRoles } from './role-names.ts'

interface ProviderFormProps {
  provider: Provider | null
  redirectUri: string
  onClose: () => void
}

/** How the company's people sign in with their own accounts. */
export function ProviderForm({ provider, redirectUri, onClose }: ProviderFormProps) {
  const say = useWords()
  const form = useProviderForm(provider, onClose)
  const { said, set } = form
  const input = (field: 'name' | 'issuer' | 'clientId' | 'clientSecret', about: string) => (
    <Field label={say(`settings.provider-${field}`)} description={say(about)} fault={form.wrong(field)}>
      {(control) => (
        <input
          {...control}
          type={field === 'clientSecret' ? 'password' : 'text'}
          className="cv-input"
          autoComplete={field === 'clientSecret' ? 'new-password' : 'off'}
          spellCheck={false}
          value={said[field]}
          onChange={(event) => set({ [field]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <Confirm
      title={say(provider ? 'settings.change-provider' : 'settings.set-provider')}
      action={say('settings.save')}
      isBusy={form.isPending}
      fault={isPlaced(form.fault, PROVIDER_FIELDS) ? null : form.fault}
      onConfirm={form.submit}
      onCancel={onClose}
    >
      <div className="form" ref={form.place}>
        <div className="field">
          <strong>{say('settings.callback')}</strong>
          <div className="field-about">{say('settings.callback-about')}</div>
          <Copied text={redirectUri} />
        </div>
        {input('name', 'settings.provider-name-about')}
        {input('issuer', 'settings.provider-issuer-about')}
        {input('clientId', 'settings.provider-clientId-about')}
        {input('clientSecret', provider?.hasSecret ? 'settings.secret-stays' : 'settings.secret-optional')}
        <NewPeople
          chosen={said.newPeople}
          fault={form.wrong('newPeople')}
          onChange={(newPeople) => set({ newPeople })}
        />
        <GroupRoles said={said} fault={form.wrong('groups')} onChange={set} />
      </div>
    </Confirm>
  )
}

interface NewPeopleProps {
  chosen: readonly string[]
  fault: string | undefined
  onChange: (roles: readonly string[]) => void
}

function NewPeople({ chosen, fault, onChange }: NewPeopleProps) {
  const say = useWords()
  const roles = useGivenRoles()
  return (
    <FieldSet label={say('settings.new-people')} description={say('settings.new-people-about')} fault={fault}>
      <div className="ticks">
        {roles.map(({ id, name }) => (
          <Tick
            key={id}
            label={capital(name)}
            checked={chosen.includes(id)}
            onChange={(isChosen) => onChange(isChosen ? [...chosen, id] : chosen.filter((each) => each !== id))}
          />
        ))}
      </div>
    </FieldSet>
  )
}
