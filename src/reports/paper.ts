import { styleText } from 'node:util'

/** How text may look where it is shown. */
export interface Paper {
  width: number
  colour: boolean
}

/** The looks that reports use, named by what they mean. */
export type Look = 'error' | 'warning' | 'info' | 'good' | 'place' | 'quiet' | 'strong' | 'plain'

const STYLES: Record<Look, Parameters<typeof styleText>[0]> = {
  error: ['bold', 'red'],
  warning: ['bold', 'yellow'],
  info: ['bold', 'cyan'],
  good: ['bold', 'green'],
  place: 'cyan',
  quiet: 'dim',
  strong: 'bold',
  plain: 'reset',
}

/** Text in a look, or unchanged where there is no colour. */
export function look(paper: Paper, as: Look, text: string): string {
  return paper.colour && as !== 'plain' && text !== '' ? styleText(STYLES[as], text) : text
}

/** Breaks a text into lines no longer than `width`, the following ones indented. A longer word stands alone. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    const room = width - (lines.length > 0 ? indent.length : 0)
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  lines.push(line)
  return lines.map((each, at) => (at === 0 ? each : indent + each))
}

/** Joins pieces by a middle dot into lines no longer than `width`; a piece is never broken unless it is longer itself. */
export function flow(pieces: readonly string[], width: number): string[] {
  const lines: string[] = []
  for (const piece of pieces) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 3 + piece.length <= width) lines[lines.length - 1] = `${last} · ${piece}`
    else lines.push(...wrap(piece, width))
  }
  return lines
}

/** Cuts a text to `width` characters, with an ellipsis where something is gone. */
export function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`
}
