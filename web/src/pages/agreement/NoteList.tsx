import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { Finding } from '../../parts/document/document.ts'
import type { DocumentActions } from './DocumentBlock.tsx'
import { FindingNote } from './FindingNote.tsx'

const GAP_PX = 6

/** Findings below a block, or beside the lines of an area when one is given. */
export function NoteList({
  findings,
  selected,
  actions,
  area,
}: {
  findings: readonly Finding[]
  selected: Finding | undefined
  actions: DocumentActions
  area?: RefObject<HTMLElement | null>
}) {
  const list = useRef<HTMLUListElement>(null)
  useNotesBesideLines(area, list, findings, selected)
  if (findings.length === 0) return null
  return (
    <ul className="agreement-notes" ref={list}>
      {findings.map((finding) => (
        <FindingNote key={finding.fingerprint} finding={finding} selected={finding === selected} actions={actions} />
      ))}
    </ul>
  )
}

/** Lets each note begin at the height of its line, or below the note before it. */
function useNotesBesideLines(
  area: RefObject<HTMLElement | null> | undefined,
  notes: RefObject<HTMLUListElement | null>,
  findings: readonly Finding[],
  selected: Finding | undefined,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a note that opens is taller, and those below it move.
  useLayoutEffect(() => {
    const [text, list] = [area?.current, notes.current]
    if (!text || !list) return
    const place = () => placeNotes(text, [...list.children] as HTMLElement[])
    place()
    const watch = new ResizeObserver(place)
    watch.observe(text)
    return () => watch.disconnect()
  }, [area, findings, selected])
}

/** All is measured before anything is moved, so that the browser lays out once. */
function placeNotes(text: HTMLElement, notes: readonly HTMLElement[]): void {
  const top = text.getBoundingClientRect().top
  const measured = notes.map((note) => {
    const line = text.querySelector(`[data-line="${note.dataset.at}"]`)
    return {
      note,
      height: note.getBoundingClientRect().height,
      wanted: line ? line.getBoundingClientRect().top - top : 0,
    }
  })
  let filled = 0
  for (const { note, height, wanted } of measured) {
    const gap = Math.max(filled > 0 ? GAP_PX : 0, Math.round(wanted - filled))
    note.style.marginTop = `${gap}px`
    filled += gap + height
  }
}
