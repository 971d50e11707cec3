import type { Shape } from '@client'
import { cellsOf } from './places.ts'
import './clause.css'

interface ClauseWordsProps {
  lines: readonly { line: number; text: string }[]
  /** What is marked in them. */
  span: Shape<'Span'> | undefined
}

/** The agreement's own lines with the place that counts marked. */
export function ClauseWords({ lines, span }: ClauseWordsProps) {
  return (
    <blockquote className="clause-words">
      {lines
        .filter(({ text }) => text.trim() !== '')
        .map(({ line, text }) => (
          <p key={line} className="clause-line">
            <span className="clause-line-number" aria-hidden="true">
              {line}
            </span>
            <span className="clause-cells">
              {cellsOf(line, text, span).map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: cells of a line are told apart by their place alone
                <span key={at} className="clause-cell">
                  {cell.map((piece, which) =>
                    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a cell likewise
                    piece.marked ? <mark key={which}>{piece.text}</mark> : <span key={which}>{piece.text}</span>,
                  )}
                </span>
              ))}
            </span>
          </p>
        ))}
    </blockquote>
  )
}
