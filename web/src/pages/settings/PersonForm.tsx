import type { Shape } from '@client'
import { useState } from 'react'
import { useLanguage, useWords, useWrite } from '../../frame/index.ts'
import { Field, faultAt, isPlaced, useFaultFocus } from '../../parts/field/Field.tsx'
import { Confirm } from '../../parts/index.ts'
import type { ShownLink } from './OneTime.tsx'
import { CustomerTicks, RoleTicks } from './PersonTicks.tsx'

/** The role that goes with no other and needs customers. */
const CUSTOMER = 'customer'

interface PersonFormProps {
  /** Absent: somebody is invited. */
  person?: Shape<'Person'>
  choices: { roles: readonly { id: string; name: string }[]; customers: readonly string[] }
  onClose: () => void
  onLink: (link: ShownLink) => void
}

/** Invites a person, or changes what one may do. */
export function PersonForm({ person, choices, onClose, onLink }: PersonFormProps) {
  const say = useWords()
  const form = usePersonForm(person, onClose, onLink)
  const { said, set, fault, missing } = form
  return (
    <Confirm
      title={person === undefined ? say('settings.invite') : say('settings.change-who', { name: person.name })}
      action={say(person === undefined ? 'settings.invite-now' : 'settings.save')}
      isBusy={form.isPending}
      fault={isPlaced(fault, ['name', 'email', 'roles', 'customers', 'language']) ? null : fault}
      onConfirm={form.submit}
      onCancel={onClose}
    >
      <div className="form" ref={form.place}>
        <TextField
          label={say('settings.name')}
          value={said.name}
          onChange={(name) => set({ name })}
          fault={missing('name') ?? faultAt(fault, 'name')}
        />
        {person === undefined && (
          <TextField
            label={say('settings.email')}
            type="email"
            value={said.email}
            onChange={(email) => set({ email })}
            fault={missing('email') ?? faultAt(fault, 'email')}
          />
        )}
        <RoleTicks
          roles={choices.roles}
          alone={CUSTOMER}
          chosen={said.roles}
          onChange={(roles) => set({ roles })}
          fault={missing('roles') ?? faultAt(fault, 'roles')}
        />
        {said.roles.includes(CUSTOMER) && (
          <CustomerTicks
            customers={choices.customers}
            chosen={said.customers}
            onChange={(customers) => set({ customers })}
            fault={missing('customers') ?? faultAt(fault, 'customers')}
          />
        )}
        {person === undefined && <LanguageField value={said.language} onChange={(language) => set({ language })} />}
      </div>
    </Confirm>
  )
}

interface Said {
  name: string
  email: string
  roles: readonly string[]
  customers: readonly string[]
  language: 'en' | 'es'
}

function usePersonForm(person: Shape<'Person'> | undefined, onClose: () => void, onLink: (link: ShownLink) => void) {
  const say = useWords()
  const { language } = useLanguage()
  const empty: Said = { name: '', email: '', roles: [], customers: [], language }
  const [said, setSaid] = useState<Said>(person ?? empty)
  const [refused, setRefused] = useState(0)
  const place = useFaultFocus(refused)
  const invite = useWrite('POST', '/people')
  const change = useWrite('PATCH', '/people/{id}')
  const lacking = lackingIn(said, person === undefined)
  const submit = async () => {
    if (lacking.length > 0) return setRefused(refused + 1)
    const roles = [...said.roles]
    const customers = roles.includes(CUSTOMER) ? [...said.customers] : []
    if (person === undefined) {
      const { name, email, language: spoken } = said
      const written = await invite.write({ body: { name, email, roles, customers, language: spoken } })
      if (written.ok) return onLink({ ...written.data, name })
    } else {
      const written = await change.write({ params: { id: person.id }, body: { name: said.name, roles, customers } })
      if (written.ok) return onClose()
    }
    setRefused((times) => times + 1)
  }
  return {
    said,
    set: (part: Partial<Said>) => setSaid({ ...said, ...part }),
    place,
    submit,
    fault: person === undefined ? invite.fault : change.fault,
    isPending: invite.isPending || change.isPending,
    missing: (field: keyof Said) =>
      refused > 0 && lacking.includes(field) ? say(`settings.${field}-missing`) : undefined,
  }
}

function lackingIn({ name, email, roles, customers }: Said, isNew: boolean): (keyof Said)[] {
  const lacking: (keyof Said)[] = []
  if (name.trim() === '') lacking.push('name')
  if (isNew && !/^\S+@\S+$/.test(email.trim())) lacking.push('email')
  if (roles.length === 0) lacking.push('roles')
  if (roles.includes(CUSTOMER) && customers.length === 0) lacking.push('customers')
  return lacking
}

interface TextFieldProps {
  label: string
  type?: 'text' | 'email'
  value: string
  fault: string | undefined
  onChange: (value: string) => void
}

function TextField({ label, type = 'text', value, fault, onChange }: TextFieldProps) {
  return (
    <Field label={label} fault={fault}>
      {(control) => (
        <input
          {...control}
          // The browser's own message for a wrong address would hide ours.
          type="text"
          inputMode={type}
          className="cv-input"
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

function LanguageField({ value, onChange }: { value: 'en' | 'es'; onChange: (language: 'en' | 'es') => void }) {
  const say = useWords()
  return (
    <Field label={say('settings.language')} description={say('settings.language-about')}>
      {(control) => (
        <select
          {...control}
          className="cv-input"
          value={value}
          onChange={(event) => onChange(event.target.value === 'es' ? 'es' : 'en')}
        >
          <option value="en" lang="en">
            English
          </option>
          <option value="es" lang="es">
            Español
          </option>
        </select>
      )}
    </Field>
  )
}
