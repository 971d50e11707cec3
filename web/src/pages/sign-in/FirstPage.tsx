import { useState } from 'react'
import { go, useEnter, useSession, useWords, useWrite } from '../../frame/index.ts'
import { Door, Field } from './Door.tsx'
import { FormFault, faultAt } from './faults.tsx'
import { linkInAddress } from './link.ts'
import { NewPassword, useChosenPassword } from './NewPassword.tsx'

/** The one-time link of the server's log makes the first administrator. */
export default function FirstPage() {
  const t = useWords()
  const { empty } = useSession()
  const link = linkInAddress()
  if (!empty || link === '') {
    return (
      <Door title={t('sign-in.first')}>
        <p>{t(empty ? 'sign-in.no-link' : 'sign-in.already')}</p>
        <p>
          <a className="cv-button" href="/">
            {t('sign-in.title')}
          </a>
        </p>
      </Door>
    )
  }
  return (
    <Door title={t('sign-in.first')}>
      <p>{t('sign-in.first.detail')}</p>
      <FirstForm link={link} />
    </Door>
  )
}

function FirstForm({ link }: { link: string }) {
  const t = useWords()
  const enter = useEnter()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const chosen = useChosenPassword()
  const { write, isPending, fault } = useWrite('POST', '/first-administrator', { keepsReadings: true })
  const submit = async () => {
    if (!chosen.isSame) return
    const written = await write({ body: { link, name, email, password: chosen.password } })
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
      <FormFault fault={fault} fields={['name', 'email', 'password']} />
      <Field
        label={t('sign-in.name')}
        type="text"
        value={name}
        onChange={setName}
        autoComplete="name"
        error={faultAt(fault, 'name')}
      />
      <Field
        label={t('sign-in.email')}
        type="email"
        value={email}
        onChange={setEmail}
        autoComplete="username"
        maxLength={254}
        error={faultAt(fault, 'email')}
      />
      <NewPassword chosen={chosen} fault={fault} />
      <button type="submit" className="cv-button cv-button-primary" disabled={isPending}>
        {t('sign-in.begin')}
      </button>
    </form>
  )
}
