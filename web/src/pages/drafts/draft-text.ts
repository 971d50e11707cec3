import type { Shape } from '@client'
import { useCallback, useEffect, useState } from 'react'
import { type ServerFault, useWrite } from '../../frame/index.ts'
import { type KeptText, keptText } from './kept-text.ts'

/** A draft as the server has it. */
export type Draft = Shape<'AmendmentDraft'>

/** The text being written, and how it stands to what the server has. */
export interface DraftText {
  title: string
  text: string
  /** Grows when the text comes from elsewhere than the editor. */
  revision: number
  isChanged: boolean
  /** Unsaved text of this tab was taken up again. */
  isTakenUp: boolean
  /** What somebody else saved meanwhile. */
  theirs: Draft | undefined
  isSaving: boolean
  savedAt: string
  fault: ServerFault | undefined
  write: (change: { title?: string; text?: string }) => void
  save: () => void
  /** Puts this text on top of what the other saved. */
  saveMine: () => void
  /** Takes what the server has and drops this text. */
  takeTheirs: () => void
}

const CONFLICTS = new Set([409, 412])

/** Keeps a draft's text: in this tab with every letter, on the server when it is saved. Another's version is never overwritten unseen. */
export function useDraftText(draft: Draft, refetch: () => void): DraftText {
  const [base, setBase] = useState(draft)
  const [mine, setMine] = useState<KeptText>(() => keptText.read(draft.id) ?? kept(draft))
  const [isTakenUp, setTakenUp] = useState(() => isOther(mine, draft))
  const [revision, setRevision] = useState(0)
  const { write: put, isPending, fault, reset } = useWrite('PUT', '/drafts/{id}')
  const isChanged = isOther(mine, base)
  const takeUp = useCallback((taken: Draft) => {
    setBase(taken)
    setMine(kept(taken))
    setTakenUp(false)
    setRevision((before) => before + 1)
    keptText.forget(taken.id)
  }, [])
  useEffect(() => {
    if (draft.version > base.version && !isChanged) takeUp(draft)
  }, [draft, base.version, isChanged, takeUp])
  const write = (change: { title?: string; text?: string }) => {
    const next = { ...mine, ...change }
    setMine(next)
    if (isOther(next, base)) keptText.keep(draft.id, next)
    else keptText.forget(draft.id)
  }
  const saveUpon = async (version: number) => {
    const { title, text } = mine
    const saved = await put({ params: { id: draft.id }, body: { title: title.trim(), text, version } })
    if (!saved.ok) {
      if (CONFLICTS.has(saved.fault.status)) refetch()
      return
    }
    setBase(saved.data)
    setTakenUp(false)
    // What was written while it was being saved stays unsaved.
    setMine((now) => {
      const next = { ...now, version: saved.data.version }
      if (isOther(next, saved.data)) keptText.keep(draft.id, next)
      else keptText.forget(draft.id)
      return next
    })
  }
  const theirs = isChanged && draft.version > mine.version ? draft : undefined
  return {
    title: mine.title,
    text: mine.text,
    revision,
    isChanged,
    isTakenUp: isTakenUp && isChanged,
    theirs,
    isSaving: isPending,
    savedAt: base.updatedAt,
    fault: fault && !(CONFLICTS.has(fault.status) && theirs) ? fault : undefined,
    write,
    save: () => {
      if (isChanged && !isPending && !theirs && mine.title.trim() !== '') void saveUpon(mine.version)
    },
    saveMine: () => {
      reset()
      void saveUpon(draft.version)
    },
    takeTheirs: () => {
      reset()
      takeUp(draft)
    },
  }
}

function kept({ title, text, version }: Draft): KeptText {
  return { title, text, version }
}

function isOther(mine: KeptText, draft: Draft): boolean {
  return mine.title !== draft.title || mine.text !== draft.text
}
