import { useId, useState } from 'react'
import { useFormat, useRead, useWords, useWrite } from '../../frame/index.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { Fault, Loading } from '../../parts/notes.tsx'
import { Field } from './Door.tsx'
import { FormFault } from './faults.tsx'
import { hasPasskeys, makePasskey } from './passkeys.ts'

interface Passkey {
  id: string
  name: string
}

/** One's own passkeys: adding and removing them. */
export function Passkeys() {
  const t = useWords()
  const id = useId()
  const format = useFormat()
  const { data, error, isLoading, refetch } = useRead('/session/passkeys')
  const [leaving, setLeaving] = useState<Passkey>()
  return (
    <section className="cv-section" aria-labelledby={id}>
      <h2 id={id}>{t('account.passkeys')}</h2>
      <p className="cv-quiet">{t('account.passkeys.detail')}</p>
      {isLoading ? <Loading /> : null}
      {error ? <Fault error={error} retry={refetch} /> : null}
      <ul className="cv-entries">
        {data?.items.map((passkey) => (
          <li key={passkey.id}>
            <p>
              <b>{passkey.name}</b>
            </p>
            <p className="cv-entry-facts">
              <span>{t('account.since', { date: format.dateTime(passkey.createdAt) })}</span>
              {passkey.lastUsedAt ? (
                <span>{t('account.last-used', { date: format.dateTime(passkey.lastUsedAt) })}</span>
              ) : null}
            </p>
            <button
              type="button"
              className="cv-button cv-door-way"
              aria-label={t('account.remove-of', { name: passkey.name })}
              onClick={() => setLeaving(passkey)}
            >
              {t('account.remove')}
            </button>
          </li>
        ))}
      </ul>
      {hasPasskeys() ? <NewPasskey /> : <p className="cv-note">{t('account.no-passkeys-here')}</p>}
      {leaving ? <Removal passkey={leaving} onDone={() => setLeaving(undefined)} /> : null}
    </section>
  )
}

function NewPasskey() {
  const t = useWords()
  const [name, setName] = useState('')
  const [isRefused, setRefused] = useState(false)
  const asking = useWrite('POST', '/session/passkeys/options', { keepsReadings: true })
  const adding = useWrite('POST', '/session/passkeys')
  const add = async () => {
    setRefused(false)
    const asked = await asking.write()
    if (!asked.ok) return
    const credential = await makePasskey(asked.data.options)
    if (!credential) return setRefused(true)
    const added = await adding.write({ body: { credential, name } })
    if (added.ok) setName('')
  }
  return (
    <form
      className="cv-account-form"
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <FormFault fault={asking.fault ?? adding.fault} />
      <Field
        label={t('account.passkey-name')}
        type="text"
        value={name}
        onChange={setName}
        autoComplete="off"
        maxLength={100}
        hint={t('account.passkey-name.hint')}
      />
      <button type="submit" className="cv-button" disabled={asking.isPending || adding.isPending}>
        {t('account.add-passkey')}
      </button>
      <p role="status">{isRefused ? t('sign-in.passkey-refused') : ''}</p>
    </form>
  )
}

function Removal({ passkey, onDone }: { passkey: Passkey; onDone: () => void }) {
  const t = useWords()
  const { write, isPending, fault } = useWrite('DELETE', '/session/passkeys/{id}')
  const remove = async () => {
    const written = await write({ params: { id: passkey.id } })
    if (written.ok) onDone()
  }
  return (
    <Confirm
      title={t('account.remove-of', { name: passkey.name })}
      action={t('account.remove')}
      isDangerous
      isBusy={isPending}
      fault={fault}
      onConfirm={() => void remove()}
      onCancel={onDone}
    >
      <p>{t('account.remove.detail')}</p>
    </Confirm>
  )
}
