import { useState } from 'react'
import { go, useRead, useSearchState, useWords, useWrite } from '../../frame/index.ts'
import { ClauseLink, Fault, PageHead } from '../../parts/index.ts'
import './drafts.css'

/** Begins a draft, from a clause when the address names one. */
export default function NewDraftPage() {
  const t = useWords()
  const [{ clause }] = useSearchState()
  const [kind = '', ...name] = (clause ?? '').split('/')
  const named = useRead('/clauses/{kind}/{name}', {
    params: { kind, name: name.join('/') },
    enabled: clause !== undefined && name.length > 0,
  })
  const [typed, setTyped] = useState<string | undefined>(undefined)
  const { write, isPending, fault } = useWrite('POST', '/drafts')
  const title = typed ?? (named.data ? t('drafts.new.of', { title: named.data.title }) : '')
  const begin = async () => {
    const made = await write({ body: { title: title.trim(), ...(clause ? { clause } : {}) } })
    if (made.ok) go(`/drafts/${encodeURIComponent(made.data.id)}`, { replaces: true })
  }
  return (
    <>
      <PageHead title={t('drafts.new')} description={t('drafts.new.about')} />
      <form
        className="draft-form"
        onSubmit={(event) => {
          event.preventDefault()
          void begin()
        }}
      >
        {clause && (
          <p>
            {t('drafts.new.clause')} <ClauseLink id={clause}>{named.data?.title ?? clause}</ClauseLink>
          </p>
        )}
        <label className="draft-field">
          <span>{t('drafts.name')}</span>
          <input
            className="cv-input"
            value={title}
            maxLength={200}
            required
            autoComplete="off"
            placeholder={t('drafts.name.example')}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        {fault && <Fault error={fault} />}
        <div className="cv-actions">
          <button type="submit" className="cv-button cv-button-primary" disabled={isPending || title.trim() === ''}>
            {t('drafts.new.begin')}
          </button>
        </div>
      </form>
    </>
  )
}
