import { memo, type ReactNode } from 'react'
import { useWords } from '../../frame/index.ts'
import {
  type Block,
  type End,
  linesOf,
  marksIn,
  overlaps,
  type PlacedClause,
  type TextLine,
} from '../../parts/document/document.ts'
import { InlineText } from '../../parts/document/InlineText.tsx'
import { ClauseMark, useClauseCard } from './ClauseMark.tsx'
import { type BlockProps, type DocumentActions, OwnMark } from './DocumentBlock.tsx'
import { EndButtons } from './EndButtons.tsx'

type Cell = NonNullable<Block['rows']>[number][number]
interface Row {
  line: number
  cells: Cell[]
  clauses: PlacedClause[]
  ends: End[]
}

/** A table of the document. A clause is a whole row, or a cell where several share a row. */
export function DocumentTable({ placed, ends, isShown, target, actions }: BlockProps) {
  const t = useWords()
  const { block } = placed
  const rows = rowsOf(block, placed.clauses, ends)
  const headEnds = ends.filter((end) => !rows.some((row) => row.ends.includes(end)))
  const marked = placed.clauses.length > 0
  return (
    <TableBox line={block.span.line} isReached={marked}>
      <table>
        {block.header && (
          <thead>
            <tr data-line={block.span.line} tabIndex={-1}>
              {marked && (
                <th scope="col" className="agreement-gutter">
                  <span className="cv-sr">{t('agreement.verdict')}</span>
                </th>
              )}
              {block.header.map((cell) => (
                <th key={cell.span.column} scope="col">
                  <CellText cell={cell} ends={headEnds} actions={actions} />
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row) => (
            <TableRow
              key={row.line}
              row={row}
              gutter={marked}
              isShown={isShown}
              target={target === row.line}
              actions={actions}
            />
          ))}
        </tbody>
      </table>
    </TableBox>
  )
}

/** A wide table scrolls; where nothing inside takes the focus, the box itself does. */
function TableBox({ line, isReached, children }: { line: number; isReached: boolean; children: ReactNode }) {
  const t = useWords()
  if (isReached) return <div className="agreement-table-box">{children}</div>
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard could not scroll the table.
    <section className="agreement-table-box" aria-label={t('agreement.table', { line })} tabIndex={0}>
      {children}
    </section>
  )
}

function rowsOf(block: Block, clauses: readonly PlacedClause[], ends: readonly End[]): Row[] {
  return (block.rows ?? []).map((cells, at) => {
    const line = cells[0]?.span.line ?? block.span.line + at + 2
    return {
      line,
      cells,
      clauses: clauses.filter((clause) => clause.span.line === line),
      ends: ends.filter((end) => end.span.line <= line && end.span.endLine >= line),
    }
  })
}

const TableRow = memo(
  function TableRow({
    row,
    gutter,
    isShown,
    target,
    actions,
  }: {
    row: Row
    gutter: boolean
    isShown: (clause: PlacedClause) => boolean
    target: boolean
    actions: DocumentActions
  }) {
    const card = useClauseCard()
    const ofCells = row.clauses.length > 1 ? row.clauses.filter((clause) => coversOne(clause, row.cells)) : []
    const ofRow = row.clauses.filter((clause) => !ofCells.includes(clause))
    const shown = ofRow.find(isShown)
    const classes = [shown ? `agreement-barred verdict-${shown.verdict}` : '', target ? 'agreement-target' : '']
    return (
      <tr
        data-line={row.line}
        tabIndex={-1}
        className={classes.join(' ').trim() || undefined}
        {...(ofRow.length > 0 ? card.place : {})}
      >
        {gutter && (
          <td className="agreement-gutter">
            {ofRow.map((clause, at) =>
              at === 0 ? (
                <ClauseMark key={clause.id} clause={clause} state={card} shown={isShown(clause)} />
              ) : (
                <OwnMark key={clause.id} clause={clause} shown={isShown(clause)} />
              ),
            )}
          </td>
        )}
        {row.cells.map((cell) => (
          <td key={cell.span.column}>
            {ofCells
              .filter((clause) => overlaps(clause.span, cell.span))
              .map((clause) => (
                <OwnMark key={clause.id} clause={clause} shown={isShown(clause)} />
              ))}
            <CellText cell={cell} ends={row.ends} actions={actions} />
          </td>
        ))}
      </tr>
    )
  },
  (a, b) =>
    a.isShown === b.isShown &&
    a.target === b.target &&
    a.actions === b.actions &&
    a.row.cells === b.row.cells &&
    sameEntries(a.row.clauses, b.row.clauses) &&
    sameEntries(a.row.ends, b.row.ends),
)

function sameEntries<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((entry, at) => entry === b[at])
}

function coversOne(clause: PlacedClause, cells: readonly Cell[]): boolean {
  return cells.filter((cell) => overlaps(clause.span, cell.span)).length === 1
}

function CellText({ cell, ends, actions }: { cell: Cell; ends: readonly End[]; actions: DocumentActions }) {
  const here = ends.filter((end) => overlaps(end.span, cell.span))
  const line = linesOf(cell.text, cell.span)[0] as TextLine
  return (
    <>
      <InlineText text={line.text} marks={marksIn(line, here)} />
      <EndButtons ends={here.filter((end) => beginsIn(end, cell))} actions={actions} />
    </>
  )
}

/** A place over several cells shows its button in the first alone. */
function beginsIn(end: End, cell: Cell): boolean {
  const { span } = end
  return span.line !== cell.span.line || (span.column >= cell.span.column - 2 && span.column < cell.span.endColumn)
}
