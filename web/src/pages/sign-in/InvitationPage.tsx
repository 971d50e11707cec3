import type { Shape } from '@client'
import { go, useEnter, useRead, useWords, useWrite } from '../../frame/index.ts'
import { Fault, Loading } from '../../parts/notes.tsx'
import { Door, Field } from './Door.tsx'
import { FormFault } from './faults.tsx'
import { linkInAddress } from './link.ts'
import { NewPassword, useChosenPassword } from './NewPassword.tsx'

type Invited = Pick<Shape<'Person'>, 'name' | 'email'> & { purpose: 'invitation' | 'reset' }

/** Takes up an invitation, or chooses a new password by a link that an administrator sent. */
export default function InvitationPage() {
  const t = useWords()
  const link = linkInAddress()
  const { data, error, isLoading } = useRead('/invitations/{link}', { params: { link }, enabled: link !== '' })
  const title = t(data?.purpose === 'reset' ? 'sign-in.reset' : 'sign-in.invitation')
  return (
    <Door title={title}>
      {link === '' ? <p>{t('sign-in.no-link')}</p> : null}
      {isLoading ? <Loading /> : null}
      {error && !data ? <Fault error={error} /> : null}
      {data ? <InvitationForm link={link} invited={data} /> : null}
    </Door>
  )
}

function InvitationForm({ link, invited }: { link: string; invited: Invited }) {
  const t = useWords()
  const enter = useEnter()
  const chosen = useChosenPassword()
  const { write, isPending, fault } = useWrite('POST', '/invitations/{link}', { keepsReadings: true })
  const submit = async () => {
    if (!chosen.isSame) return
    const written = await write({ params: { link }, body: { password: chosen.password } })
    if (!written.ok) return
    enter(written.data)
    go('/', { replaces: true })
  }
  return (
    <form
      className="cv-door-form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <p>
        {t(invited.purpose === 'reset' ? 'sign-in.reset.detail' : 'sign-in.invitation.detail', { name: invited.name })}
      </p>
      <FormFault fault={fault} fields={['password']} />
      <Field
        label={t('sign-in.email')}
        type="email"
        value={invited.email}
        onChange={() => undefined}
        autoComplete="username"
        isReadOnly
      />
      <NewPassword chosen={chosen} fault={fault} />
      <button type="submit" className="cv-button cv-button-primary" disabled={isPending}>
        {t('sign-in.enter')}
      </button>
    </form>
  )
}
