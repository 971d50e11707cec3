import { useBlocker } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useId, useMemo, useState } from 'react'
import { go, Link, useFormat, usePathParams, useRead, useWords } from '../../frame/index.ts'
import { Confirm, Fault, Loading, PageHead } from '../../parts/index.ts'
import { Conflict } from './Conflict.tsx'
import './drafts.css'
import { RemoveDraft } from './DraftsPage.tsx'
import { type Draft, type DraftText, useDraftText } from './draft-text.ts'
import { EffectPanel } from './EffectPanel.tsx'
import { useEffectOf } from './effect.ts'
import { marksOf } from './marks.ts'

const DraftEditor = lazy(() => import('./DraftEditor.tsx'))

/** One draft: its text, what is wrong with it, and what it would do. */
export default function DraftPage() {
  const { id = '' } = usePathParams()
  const { data, error, isLoading, refetch } = useRead('/drafts/{id}', { params: { id } })
  const t = useWords()
  if (data) return <Editing key={data.id} draft={data} refetch={refetch} />
  return (
    <>
      <PageHead title={t('drafts.draft')} actions={<Link to="/drafts">{t('drafts.title')}</Link>} />
      {error && <Fault error={error} retry={refetch} />}
      {isLoading && <Loading />}
    </>
  )
}

function Editing({ draft, refetch }: { draft: Draft; refetch: () => void }) {
  const t = useWords()
  const hint = useId()
  const state = useDraftText(draft, refetch)
  const live = useEffectOf(state.text)
  const marks = useMemo(() => (live.isCurrent ? marksOf(live.effect) : []), [live.effect, live.isCurrent])
  const [goal, setGoal] = useState<{ line: number; column: number } | undefined>(undefined)
  const [isRemoving, setRemoving] = useState(false)
  useSaveKey(state.save)
  return (
    <>
      <PageHead
        title={state.title || t('drafts.draft')}
        description={<SavedNote state={state} />}
        actions={<Actions state={state} remove={() => setRemoving(true)} />}
      />
      <Notes state={state} />
      <label className="draft-field">
        <span>{t('drafts.name')}</span>
        <input
          className="cv-input"
          value={state.title}
          maxLength={200}
          required
          autoComplete="off"
          onChange={(event) => state.write({ title: event.target.value })}
        />
      </label>
      <div className="draft-columns">
        <div className="draft-writing">
          <Suspense fallback={<Loading label={t('drafts.editor.loading')} />}>
            <DraftEditor
              text={state.text}
              revision={state.revision}
              marks={marks}
              label={t('drafts.editor')}
              describedBy={hint}
              goal={goal}
              onChange={(text) => state.write({ text })}
              onSave={state.save}
            />
          </Suspense>
          <p id={hint} className="draft-hint">
            {t('drafts.editor.hint')}
          </p>
        </div>
        <EffectPanel live={live} show={setGoal} />
      </div>
      {isRemoving && (
        <RemoveDraft
          draft={draft}
          done={(removed) => {
            setRemoving(false)
            if (removed) go('/drafts', { replaces: true })
          }}
        />
      )}
      <LeavingGuard isChanged={state.isChanged && !isRemoving} />
    </>
  )
}

function useSaveKey(save: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's' || event.defaultPrevented) return
      event.preventDefault()
      save()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [save])
}

function SavedNote({ state }: { state: DraftText }) {
  const t = useWords()
  const format = useFormat()
  if (state.isSaving) return <span role="status">{t('drafts.saving')}</span>
  if (state.isChanged) return <span role="status">{t('drafts.unsaved')}</span>
  return <span role="status">{t('drafts.saved', { when: format.dateTime(state.savedAt) })}</span>
}

function Actions({ state, remove }: { state: DraftText; remove: () => void }) {
  const t = useWords()
  return (
    <>
      <Link to="/drafts">{t('drafts.title')}</Link>
      <button type="button" className="cv-button" onClick={remove}>
        {t('drafts.remove')}
      </button>
      <button type="button" className="cv-button" onClick={() => download(state)}>
        {t('drafts.download')}
      </button>
      <button
        type="button"
        className="cv-button cv-button-primary"
        disabled={!state.isChanged || state.isSaving || state.theirs !== undefined || state.title.trim() === ''}
        onClick={state.save}
      >
        {t('drafts.save')}
      </button>
    </>
  )
}

/** The amendment as the file that the parties sign and the installation takes in. */
function download({ title, text }: DraftText): void {
  const words = title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const name = words.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
  const address = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }))
  const link = document.createElement('a')
  link.href = address
  link.download = `${name || 'amendment'}.yaml`
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

function Notes({ state }: { state: DraftText }) {
  const t = useWords()
  return (
    <>
      {state.isTakenUp && !state.theirs && (
        <div className="draft-note" role="status">
          {t('drafts.taken-up')}{' '}
          <button type="button" className="cv-button" onClick={state.takeTheirs}>
            {t('drafts.taken-up.drop')}
          </button>
        </div>
      )}
      {state.theirs && <Conflict theirs={state.theirs} state={state} />}
      {state.fault && <Fault error={state.fault} retry={state.save} />}
    </>
  )
}

/** Asks before a page with unsaved text is left. The text stays in this tab even so. */
function LeavingGuard({ isChanged }: { isChanged: boolean }) {
  const t = useWords()
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => isChanged && current.pathname !== next.pathname,
    enableBeforeUnload: () => isChanged,
    withResolver: true,
  })
  if (status !== 'blocked') return null
  return (
    <Confirm title={t('drafts.leave')} action={t('drafts.leave.go')} onConfirm={proceed} onCancel={reset}>
      <p>{t('drafts.leave.means')}</p>
    </Confirm>
  )
}
