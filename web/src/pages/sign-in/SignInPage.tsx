import { useEffect, useState } from 'react'
import { go, useEnter, useSearchState, useSession, useWords, useWrite } from '../../frame/index.ts'
import { Door, Field } from './Door.tsx'
import { FormFault } from './faults.tsx'
import { hasPasskeys, provePasskey } from './passkeys.ts'

/** Coming in by e-mail and password, by passkey, or by a company's own sign-in. */
export default function SignInPage() {
  const t = useWords()
  const { person, empty } = useSession()
  const [search] = useSearchState()
  const isHere = location.pathname === '/sign-in'
  useEffect(() => {
    document.title = `${t('sign-in.title')} · Convenio`
    if (person && isHere) go('/', { replaces: true })
  }, [t, person, isHere])
  return (
    <Door title={t('sign-in.title')}>
      {empty ? <p className="cv-note">{t('sign-in.nobody-yet')}</p> : null}
      {search.fault ? (
        <p className="cv-note cv-note-warning" role="alert">
          {t('sign-in.company-refused')}
        </p>
      ) : null}
      <PasswordForm />
      <OtherWays />
    </Door>
  )
}

function PasswordForm() {
  const t = useWords()
  const enter = useEnter()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const { write, isPending, fault } = useWrite('POST', '/session', { keepsReadings: true })
  const submit = async () => {
    const written = await write({ body: { email, password } })
    if (written.ok) enter(written.data)
    else setPassword('')
  }
  return (
    <form
      className="cv-door-form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <FormFault fault={fault} />
      <Field
        label={t('sign-in.email')}
        type="email"
        value={email}
        onChange={setEmail}
        autoComplete="username webauthn"
        maxLength={254}
      />
      <Field
        label={t('sign-in.password')}
        type="password"
        value={password}
        onChange={setPassword}
        autoComplete="current-password"
      />
      <button type="submit" className="cv-button cv-button-primary" disabled={isPending}>
        {isPending ? t('sign-in.checking') : t('sign-in.enter')}
      </button>
    </form>
  )
}

function OtherWays() {
  const t = useWords()
  const { providers } = useSession()
  if (!hasPasskeys() && providers.length === 0) return null
  return (
    <section className="cv-door-ways" aria-label={t('sign-in.other-ways')}>
      {hasPasskeys() ? <PasskeyButton /> : null}
      {providers.map((provider) => (
        <a key={provider.id} className="cv-button" href={`/api/v1/openid/${encodeURIComponent(provider.id)}`}>
          {t('sign-in.with', { name: provider.name })}
        </a>
      ))}
    </section>
  )
}

function PasskeyButton() {
  const t = useWords()
  const enter = useEnter()
  const [isRefused, setRefused] = useState(false)
  const asking = useWrite('POST', '/session/passkey/options', { keepsReadings: true })
  const proving = useWrite('POST', '/session/passkey', { keepsReadings: true })
  const prove = async () => {
    setRefused(false)
    const asked = await asking.write()
    if (!asked.ok) return
    const credential = await provePasskey(asked.data.options)
    if (!credential) return setRefused(true)
    const proved = await proving.write({ body: { credential } })
    if (proved.ok) enter(proved.data)
  }
  return (
    <>
      <button
        type="button"
        className="cv-button"
        disabled={asking.isPending || proving.isPending}
        onClick={() => void prove()}
      >
        {t('sign-in.passkey')}
      </button>
      <FormFault fault={asking.fault ?? proving.fault} />
      <p role="status" className="cv-small">
        {isRefused ? t('sign-in.passkey-refused') : ''}
      </p>
    </>
  )
}
