import './document.css'
import { Fragment, memo, type ReactNode } from 'react'
import type { InlineMark } from './document.ts'
import { type Inline, readInline } from './inline.ts'

const NONE: readonly InlineMark[] = []

/** A line with its Markdown marks shown, and the words that a finding speaks of marked. */
export const InlineText = memo(function InlineText({
  text,
  marks = NONE,
}: {
  text: string
  marks?: readonly InlineMark[]
}) {
  return <>{readInline(text).map((part) => renderPart(part, marks))}</>
})

function renderPart(part: Inline, marks: readonly InlineMark[]): ReactNode {
  const inner = part.parts.length > 0 ? part.parts.map((each) => renderPart(each, marks)) : cut(part, marks)
  switch (part.kind) {
    case 'strong':
      return <strong key={part.from}>{inner}</strong>
    case 'emphasis':
      return <em key={part.from}>{inner}</em>
    case 'strike':
      return <del key={part.from}>{inner}</del>
    case 'code':
      return <code key={part.from}>{inner}</code>
    default:
      return <Fragment key={part.from}>{inner}</Fragment>
  }
}

function cut({ from, text }: Inline, marks: readonly InlineMark[]): ReactNode {
  const here = marks.filter((mark) => mark.from < from + text.length && mark.to > from)
  if (here.length === 0) return text
  const edges = [...new Set([from, from + text.length, ...here.flatMap((mark) => [mark.from, mark.to])])]
    .filter((edge) => edge >= from && edge <= from + text.length)
    .sort((a, b) => a - b)
  return edges.slice(0, -1).map((edge, at) => {
    const words = text.slice(edge - from, (edges[at + 1] as number) - from)
    const over = here.filter((mark) => mark.from <= edge && mark.to > edge)
    if (over.length === 0) return <Fragment key={edge}>{words}</Fragment>
    const primary = over.some((mark) => mark.end.primary)
    return (
      <mark key={edge} className={primary ? 'document-mark' : 'document-mark document-mark-related'}>
        {words}
      </mark>
    )
  })
}
