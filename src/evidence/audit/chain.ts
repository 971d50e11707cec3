import { createHash } from 'node:crypto'
import { type Message, message } from '../../language/index.ts'
import { canonicalJson, type Json, type JsonObject } from './canonical.ts'

/** One thing that was done to the ledger, sealed by a hash that covers it and, by `previous`, all before it. */
export interface AuditEntry {
  /** From 1, without gaps. */
  seq: number
  /** When, an ISO timestamp. */
  at: string
  actor: string
  action: string
  subject: string
  detail: JsonObject
  /** The hash of the entry before, or that of START. */
  previous: string
  hash: string
}

/** The end of a chain: whoever knows it can tell whether anything up to it was changed. */
export interface Head {
  seq: number
  hash: string
}

/** The head of the empty chain. */
export const START: Head = { seq: 0, hash: '0'.repeat(64) }

/** How a chain can be broken. */
export const BREAKS = ['changed', 'inserted', 'missing', 'reordered', 'rewritten', 'truncated', 'unreadable'] as const

/** The first entry of a chain that is not what it was, and what is wrong with it. */
export interface Break {
  seq: number
  why: (typeof BREAKS)[number]
}

/** What verifying gives: how many entries and the head, or the first broken entry. */
export type Verification = { entries: number; head: Head; broken?: never } | { broken: Break }

/** Numbers an entry and seals it after the head. */
export function sealEntry(
  head: Head,
  { at, actor, action, subject, detail }: Pick<AuditEntry, 'at' | 'actor' | 'action' | 'subject' | 'detail'>,
): AuditEntry {
  const content = { seq: head.seq + 1, at, actor, action, subject, detail, previous: head.hash }
  return { ...content, hash: hashOf(canonicalJson(content)) }
}

/** The entry as a line of the export: the canonical JSON that is hashed, with the hash put in as its last member. */
export function entryLine({ hash, ...content }: AuditEntry): string {
  return `${canonicalJson(content).slice(0, -1)},"hash":"${hash}"}`
}

/** The entry of a line; undefined for anything but exactly what `entryLine` writes. */
export function parseEntryLine(line: string): AuditEntry | undefined {
  try {
    const entry = JSON.parse(line) as unknown
    return isEntry(entry) && entryLine(entry) === line ? entry : undefined
  } catch {
    return undefined
  }
}

/** What a person should hear about a broken chain; its `.fix` has words as well. */
export function describeBreak({ seq, why }: Break): Message {
  return message(`evidence/audit-${why}`, { seq: String(seq) })
}

/**
 * Follows a chain entry by entry, in memory for one, and names the first that was changed, left out, moved, added or cut off.
 * `expected` are heads known from elsewhere (checkpoints): only they show that a chain was rewritten from some entry on,
 * or that its end is gone. `after` is the head that the first entry follows, for a part of a chain.
 */
export async function verifyChain(
  entries: AsyncIterable<unknown> | Iterable<unknown>,
  { expected = [], after = START }: { expected?: readonly Head[]; after?: Head } = {},
): Promise<Verification> {
  const heads = new Map(expected.map((head) => [head.seq, head.hash]))
  const rest = iterate(entries)
  let head = after
  let count = 0
  if ((heads.get(after.seq) ?? after.hash) !== after.hash) return { broken: { seq: after.seq, why: 'rewritten' } }
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    const fault = faultOf(next.value, head)
    if (fault === 'misplaced') return { broken: await placeBreak(next.value as AuditEntry, head, rest) }
    if (fault !== undefined) return { broken: { seq: head.seq + 1, why: fault } }
    const { seq, hash } = next.value as AuditEntry
    if ((heads.get(seq) ?? hash) !== hash) return { broken: { seq, why: 'rewritten' } }
    head = { seq, hash }
    count += 1
  }
  const furthest = Math.max(0, ...heads.keys())
  if (furthest > head.seq) return { broken: { seq: head.seq + 1, why: 'truncated' } }
  return { entries: count, head }
}

function faultOf(value: unknown, head: Head): 'unreadable' | 'changed' | 'misplaced' | undefined {
  if (!isEntry(value)) return 'unreadable'
  if (!isSealed(value)) return 'changed'
  return follows(value, head) ? undefined : 'misplaced'
}

// A whole entry in the wrong place: what comes later tells whether the right one was left out, moved, or changed and sealed anew.
async function placeBreak(entry: AuditEntry, head: Head, rest: AsyncIterator<unknown>): Promise<Break> {
  if (entry.seq <= head.seq) return { seq: entry.seq, why: 'inserted' }
  const expected = head.seq + 1
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    const later = next.value
    if (!isEntry(later) || !isSealed(later) || !follows(later, head)) continue
    return { seq: expected, why: entry.seq === expected ? 'inserted' : 'reordered' }
  }
  if (entry.seq > expected) return { seq: expected, why: 'missing' }
  // The entry names another predecessor than the one that is there.
  return { seq: Math.max(1, head.seq), why: 'changed' }
}

function follows({ seq, previous }: AuditEntry, head: Head): boolean {
  return seq === head.seq + 1 && previous === head.hash
}

function isSealed({ hash, ...content }: AuditEntry): boolean {
  try {
    return hashOf(canonicalJson(content)) === hash
  } catch {
    return false
  }
}

const HASH = /^[0-9a-f]{64}$/
const TEXTS = ['at', 'actor', 'action', 'subject'] as const

function isEntry(value: unknown): value is AuditEntry & Record<string, Json> {
  if (typeof value !== 'object' || value === null) return false
  const entry = value as Partial<Record<keyof AuditEntry, unknown>>
  const isObject = typeof entry.detail === 'object' && entry.detail !== null && !Array.isArray(entry.detail)
  const numbered = Number.isSafeInteger(entry.seq) && (entry.seq as number) > 0
  const hashed = [entry.previous, entry.hash].every((hash) => typeof hash === 'string' && HASH.test(hash))
  return isObject && numbered && hashed && TEXTS.every((name) => typeof entry[name] === 'string')
}

async function* iterate(entries: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<unknown> {
  yield* entries
}

function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}
