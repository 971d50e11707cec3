import { memo, type ReactNode } from 'react'
import { useWords } from '../../frame/index.ts'
import {
  type End,
  type Finding,
  linesOf,
  marksIn,
  type PlacedBlock,
  type PlacedClause,
  type TextLine,
} from '../../parts/document/document.ts'
import { InlineText } from '../../parts/document/InlineText.tsx'
import { ClauseMark, useClauseCard } from './ClauseMark.tsx'
import { DocumentTable } from './DocumentTable.tsx'
import { EndButtons } from './EndButtons.tsx'
import { NoteList } from './NoteList.tsx'

/** What every block may do; the same object for the life of the page, so that blocks are drawn once. */
export interface DocumentActions {
  select: (fingerprint: string | undefined) => void
  /** Shows the other end of the selected finding. */
  jump: (end: number) => void
}

/** What a block is given beside its text. Blocks that a change doesn't concern are given the same as before. */
export interface BlockProps {
  placed: PlacedBlock
  findings: readonly Finding[]
  /** The finding looked at, when its note stands beside this block. */
  selected: Finding | undefined
  /** The ends of the finding looked at that lie in this block. */
  ends: readonly End[]
  isShown: (clause: PlacedClause) => boolean
  /** The line that the address names, when it lies in this block. */
  target: number | undefined
  actions: DocumentActions
}

/** One block of the document with its clauses' verdicts and, where no margin has them, its findings. */
export const DocumentBlock = memo(function DocumentBlock(props: BlockProps) {
  const { placed, findings, selected, actions } = props
  const { block } = placed
  const Row = block.type === 'item' ? 'li' : 'div'
  return (
    <Row className={`agreement-block agreement-${block.type}`} data-depth={block.depth ?? 0}>
      <div className="agreement-text">
        <BlockText {...props} />
      </div>
      <NoteList findings={findings} selected={selected} actions={actions} />
    </Row>
  )
})

function BlockText(props: BlockProps): ReactNode {
  const { placed, ends } = props
  const { block } = placed
  if (block.type === 'table') return <DocumentTable {...props} />
  if (block.type === 'rule') return <hr data-line={block.span.line} />
  if (block.type === 'code') {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and the keyboard has to reach them.
      <pre data-line={block.span.line} tabIndex={0}>
        <code>{block.text}</code>
        <EndButtons ends={ends} actions={props.actions} />
      </pre>
    )
  }
  const lines = linesOf(block.text ?? '', block.span)
  if (block.type === 'heading') return <Heading {...props} line={lines[0] as TextLine} />
  const Body = block.type === 'quote' ? 'blockquote' : 'div'
  return (
    <Body className="agreement-lines">
      {lines.map((line) => (
        <Line key={line.at} {...props} line={line} first={line.at === 0} last={line.at === lines.length - 1} />
      ))}
    </Body>
  )
}

function Heading({ placed, line, ends, target, actions }: BlockProps & { line: TextLine }) {
  // The page's own title is the only first heading.
  const Level = `h${Math.min(6, (placed.block.depth ?? 1) + 1)}` as 'h2'
  return (
    <Level data-line={line.line} tabIndex={-1} className={target === undefined ? undefined : 'agreement-target'}>
      <InlineText text={line.text} marks={marksIn(line, ends)} />
      <EndButtons ends={ends} actions={actions} />
    </Level>
  )
}

function Line({
  placed,
  line,
  first,
  last,
  ends,
  isShown,
  target,
  actions,
}: BlockProps & { line: TextLine; first: boolean; last: boolean }) {
  const clauses = placed.clauses.filter((each) =>
    first && last ? true : each.span.line === line.line || (first && each.span.line < line.line),
  )
  const here = ends.filter((end) => (first && last) || (end.span.line <= line.line && end.span.endLine >= line.line))
  const shown = clauses.find(isShown)
  const card = useClauseCard()
  const classes = ['agreement-line']
  if (clauses.length > 0 || line.breaks || placed.clauses.length > 1) classes.push('agreement-line-alone')
  if (shown) classes.push('agreement-barred', `verdict-${shown.verdict}`)
  if (target === line.line) classes.push('agreement-target')
  const clause = clauses[0]
  return (
    <span className={classes.join(' ')} data-line={line.line} tabIndex={-1} {...(clause ? card.place : {})}>
      {clause && <ClauseMark clause={clause} state={card} shown={shown !== undefined} />}
      {clauses.slice(1).map((each) => (
        <OwnMark key={each.id} clause={each} shown={isShown(each)} />
      ))}
      <InlineText text={line.text} marks={marksIn(line, here)} />
      <EndButtons ends={here.filter((end) => end.span.line === line.line || (first && last))} actions={actions} />
      {!last && ' '}
    </span>
  )
}

/** The sign of a further clause at the same place. */
export function OwnMark({ clause, shown }: { clause: PlacedClause; shown: boolean }) {
  const card = useClauseCard()
  return <ClauseMark clause={clause} state={card} shown={shown} />
}

/** Says that clauses stand only in an amendment or a supplement. */
export function ElsewhereHeading() {
  const t = useWords()
  return <h2>{t('agreement.elsewhere')}</h2>
}
