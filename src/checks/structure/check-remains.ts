import { passagesOf, placeIn } from '../passages.ts'
import type { Check, Draft } from '../room.ts'

/** STR-3: struck-through text; one finding for each heading, cell or line that holds some. */
export const struckText: Check = ({ agreement }) =>
  passagesOf(agreement).flatMap((passage): Draft[] => {
    const { span, cell, clause } = passage
    // Headings and lines that nobody understood do not say whether they were struck; their source does.
    const silent = passage.heading !== undefined || clause?.kind === 'unread'
    if (!cell?.struck && !silent) return []
    for (let line = span.line; line <= span.endLine; line += 1) {
      const raw = agreement.lines[line - 1] ?? ''
      const [start, end] = [
        line === span.line ? span.column - 1 : 0,
        line === span.endLine ? span.endColumn : raw.length,
      ]
      const match = /~~(?=\S)([^~]*[^~\s])~~/.exec(raw.slice(Math.max(0, start - 2), end + 2))
      if (!match?.[1]) continue
      const column = Math.max(0, start - 2) + match.index + 1
      const at = { file: span.file, line, column, endLine: line, endColumn: column + match[0].length }
      return [draft(match[1], at, clause?.id)]
    }
    return cell?.struck ? [draft(passage.text, span, clause?.id)] : []
  })

function draft(text: string, at: Draft['at'], clause: string | undefined): Draft {
  return { at, ...(clause ? { clause } : {}), params: { text: text.slice(0, 60) }, operands: [text] }
}

const PARTIES = '(?:the |both |las |los |ambas )?(?:parties|partes)'
const LATER = `(?:\\s+(?:later|separately|in due course|más adelante|posteriormente|(?:by|between|among|with|por|entre) ${PARTIES}))?`
// "to be agreed in the yearly plan" and "ayuda a definir la arquitectura" are sentences that go on, not gaps.
const ENDS = `${LATER}(?=\\s*(?:$|[.,;:)\\]|*]))`
const OPEN_EN = 'agreed|confirmed|defined|determined|decided|specified|inserted|negotiated'
const OPEN_ES = 'definir|determinar|confirmar|acordar|convenir|especificar'

const PLACEHOLDERS: readonly string[] = [
  // XX, XX/XX/XXXX, US$X,XXX; neither "siglo XX" nor "eu-xx-1" nor "5xx".
  '(?<![\\p{L}\\p{N}_-])(?<!(?:siglo|century|annex|anexo|título|capítulo|chapter|title)\\s)(?:[Xx]{2,}(?:[-/.,][Xx]{2,})*|[$€£]\\s?X+(?:[.,]X+)*)(?![\\p{L}\\p{N}_])(?!-[a-z])',
  '(?<![\\p{L}\\p{N}_.-])(?:TB[DCA]|tb[dc]|T\\.B\\.[DC]\\.?)(?![\\p{L}\\p{N}_-])',
  '\\[\\s*[●•*_.…\\s]*[●•*_.…]\\s*\\]',
  '[[<({]\\s*(?:insert|insertar|inserte|fill in|completar|indicar|rellenar)\\b[^\\])>}]{0,60}[\\])>}]|\\[complete\\b[^\\]]{0,60}\\]',
  '\\[\\s*(?:the |el |la )?(?:date|fecha|name|nombre|amount|monto|number|número|address|domicilio|rut|party|percentage|porcentaje)\\s*\\]',
  '_{3,}',
  '\\.{5,}|…{2,}',
  '\\{\\{[^}]{0,60}\\}\\}|<<[^>]{1,60}>>',
  `\\bto be (?:${OPEN_EN})${ENDS}`,
  `(?<!\\p{L})(?:por|a) (?:${OPEN_ES})${ENDS}`,
  `(?<!\\p{L})pendientes? de (?:${OPEN_ES}|definición|acuerdo|confirmación)(?!\\p{L})`,
  `(?<!\\p{L})sin definir(?!\\p{L})${ENDS}`,
]
// The first three are written in capitals, or in small letters alone; the words come in any case.
const LETTERS = new RegExp(PLACEHOLDERS.slice(0, 3).join('|'), 'u')
const WORDS = new RegExp(PLACEHOLDERS.slice(3).join('|'), 'iu')
const MAY_HOLD_WORDS = /[[<({_…]|\.{5}|\bto be |definir|determinar|confirmar|acordar|convenir|especificar|pendiente/i

/** STR-4: what a template left open; one finding for each cell or line. */
export const placeholder: Check = ({ agreement }) => {
  const drafts: Draft[] = []
  for (const passage of passagesOf(agreement)) {
    const match = firstMatch(passage.text)
    if (!match) continue
    const text = match[0].trim()
    drafts.push({
      at: placeIn(passage, text, match.index, agreement.lines),
      ...(passage.clause ? { clause: passage.clause.id } : {}),
      params: { text },
      operands: [text, passage.text.slice(0, 80)],
    })
  }
  return drafts
}

function firstMatch(text: string): RegExpExecArray | undefined {
  const letters = LETTERS.exec(text)
  const words = MAY_HOLD_WORDS.test(text) ? WORDS.exec(text) : null
  if (!letters || !words) return letters ?? words ?? undefined
  return letters.index <= words.index ? letters : words
}
