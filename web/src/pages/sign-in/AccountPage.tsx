import './sign-in.css'
import { useId, useState } from 'react'
import { ServerFault, useEnter, useFormat, useRead, useSession, useWords, useWrite } from '../../frame/index.ts'
import { Fault, Loading } from '../../parts/notes.tsx'
import { PageHead } from '../../parts/PageHead.tsx'
import { ownerInWords } from '../overview/owner.ts'
import { Field } from './Door.tsx'
import { FormFault, faultAt } from './faults.tsx'
import { NewPassword, useChosenPassword } from './NewPassword.tsx'
import { Passkeys } from './Passkeys.tsx'

/** One's own account: name, password, passkeys, and where one is signed in. */
export default function AccountPage() {
  const t = useWords()
  const { person } = useSession()
  if (!person) return null
  return (
    <>
      <PageHead
        title={t('account.title')}
        description={`${person.email} · ${person.roles.map((role) => ownerInWords(role, t)).join(', ')}`}
      />
      <div className="cv-stack">
        <NameForm />
        <PasswordForm />
        <Passkeys />
        <Sessions />
      </div>
    </>
  )
}

function NameForm() {
  const t = useWords()
  const id = useId()
  const { person } = useSession()
  const enter = useEnter()
  const [name, setName] = useState(person?.name ?? '')
  const [isSaved, setSaved] = useState(false)
  const { write, isPending, fault } = useWrite('PATCH', '/session/person')
  const submit = async () => {
    setSaved(false)
    const written = await write({ body: { name } })
    if (written.ok) enter(written.data)
    setSaved(written.ok)
  }
  return (
    <section className="cv-section" aria-labelledby={id}>
      <h2 id={id}>{t('account.name')}</h2>
      <form
        className="cv-account-form"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <FormFault fault={fault} fields={['name']} />
        <Field
          label={t('sign-in.name')}
          type="text"
          value={name}
          onChange={setName}
          autoComplete="name"
          error={faultAt(fault, 'name')}
        />
        <button type="submit" className="cv-button" disabled={isPending}>
          {t('account.save')}
        </button>
        <p role="status">{isSaved ? t('account.saved') : ''}</p>
      </form>
    </section>
  )
}

function PasswordForm() {
  const t = useWords()
  const id = useId()
  const enter = useEnter()
  const email = useSession().person?.email ?? ''
  const [current, setCurrent] = useState('')
  const [isChanged, setChanged] = useState(false)
  const chosen = useChosenPassword()
  const { write, isPending, fault } = useWrite('PUT', '/session/password')
  const submit = async () => {
    if (!chosen.isSame) return
    setChanged(false)
    const written = await write({ body: { current, password: chosen.password } })
    setChanged(written.ok)
    if (!written.ok) return
    // The session is a new one, and so is what its writes prove themselves with.
    enter(written.data)
    setCurrent('')
    chosen.setPassword('')
    chosen.setAgain('')
  }
  return (
    <section className="cv-section" aria-labelledby={id}>
      <h2 id={id}>{t('account.password')}</h2>
      <form
        className="cv-account-form"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <p className="cv-quiet">{t('account.password.detail')}</p>
        <input hidden readOnly type="text" autoComplete="username" value={email} />
        <FormFault fault={fault} fields={['current', 'password']} />
        <Field
          label={t('account.current')}
          type="password"
          value={current}
          onChange={setCurrent}
          autoComplete="current-password"
          error={faultAt(fault, 'current')}
        />
        <NewPassword chosen={chosen} fault={fault} />
        <button type="submit" className="cv-button" disabled={isPending}>
          {t('account.change')}
        </button>
        <p role="status">{isChanged ? t('account.changed') : ''}</p>
      </form>
    </section>
  )
}

function Sessions() {
  const t = useWords()
  const id = useId()
  const format = useFormat()
  const { data, error, isLoading, refetch } = useRead('/session/sessions')
  const ending = useWrite('DELETE', '/session/sessions/{id}')
  return (
    <section className="cv-section" aria-labelledby={id}>
      <h2 id={id}>{t('account.sessions')}</h2>
      {isLoading ? <Loading /> : null}
      {error ? <Fault error={error} retry={refetch} /> : null}
      {ending.fault instanceof ServerFault ? <Fault error={ending.fault} /> : null}
      <ul className="cv-entries">
        {data?.items.map((each) => (
          <li key={each.id}>
            <p>
              <b>{each.agent}</b> {each.current ? <span className="cv-quiet">({t('account.this-one')})</span> : null}
            </p>
            <p className="cv-entry-facts">
              <span>{each.address}</span>
              <span>{t('account.since', { date: format.dateTime(each.createdAt) })}</span>
              <span>{t('account.last-seen', { date: format.dateTime(each.lastSeenAt) })}</span>
            </p>
            {each.current ? null : (
              <button
                type="button"
                className="cv-button cv-door-way"
                disabled={ending.isPending}
                aria-label={t('account.end-of', { agent: each.agent })}
                onClick={() => void ending.write({ params: { id: each.id } })}
              >
                {t('account.end')}
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
