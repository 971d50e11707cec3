import { Refused } from './refused.ts'
import { faultOfForm } from './well-formed.ts'

/** A page of a list that lies in memory; the cursor says after how many it begins, and of which list. */
export function pageOfList<T>(
  items: readonly T[],
  { limit = 100, cursor }: { limit?: number | undefined; cursor?: string | undefined },
): { items: T[]; next: string | null; total: number } {
  const from = cursor === undefined ? 0 : placeOf(cursor)
  const page = items.slice(from, from + limit)
  const end = from + page.length
  return { items: page, next: end < items.length ? cursorOf({ at: end }) : null, total: items.length }
}

/** A cursor, opaque to whoever gets it. */
export function cursorOf(place: object): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url')
}

/** What a cursor holds; refuses what is none of ours. */
export function readCursor(cursor: string): Record<string, unknown> {
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const isObject = typeof place === 'object' && place !== null && !Array.isArray(place)
    if (isObject && faultOfForm(place) === undefined) return place as Record<string, unknown>
  } catch {
    // Told below, like everything else that is no cursor.
  }
  throw new Refused(400, 'cursor')
}

function placeOf(cursor: string): number {
  const { at } = readCursor(cursor)
  if (typeof at !== 'number' || !Number.isSafeInteger(at) || at < 0) throw new Refused(400, 'cursor')
  return at
}

/** The words of a list such as `met,at-risk`; undefined when nothing was said. */
export function wordsOf(list: string | undefined): ReadonlySet<string> | undefined {
  const words = list
    ?.split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
  return words && words.length > 0 ? new Set(words) : undefined
}

/** Whether any of some texts holds all words that were asked for, whatever their case and accents. */
export function holdsWords(asked: string | undefined, texts: readonly string[]): boolean {
  if (asked === undefined || asked.trim() === '') return true
  const whole = folded(texts.join('\n'))
  return folded(asked)
    .split(/\s+/)
    .every((word) => whole.includes(word))
}

function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
