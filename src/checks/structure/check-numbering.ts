import type { Agreement, Heading } from '../../agreement/index.ts'
import type { Check, Draft } from '../room.ts'

/** A heading's number: `4.2` is [4, 2], `IV.` is [4]. */
export interface Numbered {
  heading: Heading
  numbers: number[]
  roman: boolean
  /** As written, without the closing point. */
  text: string
}

const ARABIC =
  /^(?:§\s*|(?:section|clause|article|part|sección|cláusula|artículo|parte)\s+)?(\d{1,2}(?:\.\d{1,3})*)(?:[.)º:]|\s*[-–—])?\s+\p{L}/iu
const ROMAN = /^(?:(?:section|part|sección|parte|capítulo|título)\s+)?([IVXL]{1,6})(?:[.)]|\s*[-–—])\s+\p{L}/u
const TEXTUAL = /^\d{1,3}\s+(?:years?|months?|days?|hours?|años?|meses|días|horas|de)\b/i

/** The number at the beginning of a heading; undefined when it has none. */
export function numberOf(heading: Heading): Numbered | undefined {
  if (heading.form !== 'heading') return undefined
  const text = heading.text.trim()
  const arabic = TEXTUAL.test(text) ? undefined : ARABIC.exec(text)?.[1]
  if (arabic) return { heading, numbers: arabic.split('.').map(Number), roman: false, text: arabic }
  const roman = ROMAN.exec(text)?.[1]
  const value = roman ? romanValue(roman) : undefined
  return roman && value ? { heading, numbers: [value], roman: true, text: roman } : undefined
}

const DIGITS: Record<string, number> = { I: 1, V: 5, X: 10, L: 50 }

/** The value of a Roman number up to 89; undefined when the letters are none ("IIX"). */
function romanValue(text: string): number | undefined {
  let total = 0
  for (let at = 0; at < text.length; at += 1) {
    const value = DIGITS[text[at] ?? ''] ?? 0
    total += value < (DIGITS[text[at + 1] ?? ''] ?? 0) ? -value : value
  }
  return total > 0 && toRoman(total) === text ? total : undefined
}

function toRoman(value: number): string {
  const parts: [number, string][] = [
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ]
  let rest = value
  let text = ''
  for (const [size, letters] of parts) for (; rest >= size; rest -= size) text += letters
  return text
}

/** All numbered headings in their order; none when only one heading has a number, which then is no numbering. */
export function numberedHeadings(agreement: Agreement): Numbered[] {
  const found = agreement.headings.flatMap((heading) => numberOf(heading) ?? [])
  return found.length >= 2 ? found : []
}

/** STR-8: numbers that skip or repeat. Under an annex or another heading of its own, counting begins again. */
export const numbering: Check = ({ agreement }) => {
  if (numberedHeadings(agreement).length === 0) return []
  const drafts: Draft[] = []
  const open: { depth: number; scope: Sequence }[] = []
  const whole = newSequence()
  for (const heading of agreement.headings) {
    if (heading.form !== 'heading') continue
    while (open.length > 0 && (open.at(-1)?.depth ?? 0) >= heading.depth) open.pop()
    const found = numberOf(heading)
    // Dotted numbers count through the document; a plain number begins again under each heading above it.
    const parent = open.at(-1)?.scope ?? whole
    const scope = found && found.numbers.length > 1 ? dottedScope(open, whole) : parent
    if (found) {
      const fault = judge(scope, found)
      if (fault) drafts.push(fault)
    }
    const own = newSequence()
    if (found && !found.roman) own.dotted = scope
    open.push({ depth: heading.depth, scope: own })
  }
  return drafts
}

interface Sequence {
  last?: Numbered
  seen: Map<string, Numbered>
  /** Where dotted numbers below this heading are counted. */
  dotted?: Sequence
}

function newSequence(): Sequence {
  return { seen: new Map() }
}

function dottedScope(open: readonly { scope: Sequence }[], whole: Sequence): Sequence {
  const parent = open.at(-1)?.scope
  return parent ? (parent.dotted ?? parent) : whole
}

function judge(scope: Sequence, found: Numbered): Draft | undefined {
  const { last, seen } = scope
  const key = found.numbers.join('.')
  const twin = seen.get(key)
  scope.last = found
  if (!twin) seen.set(key, found)
  if (!last || (!twin && follows(last.numbers, found.numbers))) return undefined
  const expected = expectedAfter(last.numbers, found.numbers)
  return {
    at: found.heading.span,
    params: {
      found: found.text,
      before: last.text,
      expected: found.roman ? toRoman(expected[0] ?? 1) : expected.join('.'),
    },
    related: [
      twin && twin !== last
        ? { span: twin.heading.span, label: 'twin', params: { number: twin.text } }
        : { span: last.heading.span, label: 'before', params: { number: last.text } },
    ],
    operands: [found.heading.text],
  }
}

/** Whether `next` may come right after `last`: its first child, or the next number on any level. */
function follows(last: readonly number[], next: readonly number[]): boolean {
  const shared = next.slice(0, -1).every((number, at) => number === last[at])
  const own = next.at(-1) ?? 0
  if (next.length > last.length) return shared && next.length === last.length + 1 && own <= 1
  return shared && own === (last[next.length - 1] ?? 0) + 1
}

function expectedAfter(last: readonly number[], found: readonly number[]): number[] {
  if (found.length > last.length) return [...last, 1]
  const head = last.slice(0, found.length)
  return [...head.slice(0, -1), (head.at(-1) ?? 0) + 1]
}
