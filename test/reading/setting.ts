import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { type Agreement, type Clause, lineOwners, readAgreement } from '../../src/agreement/index.ts'
import { knownKinds } from '../../src/clauses/registry.ts'
import { loadFacts } from '../../src/facts/index.ts'

export const context = { kinds: knownKinds(), facts: loadFacts() }

const root = new URL('../../', import.meta.url)

/** Text of a file of the repository. */
export function textOf(path: string): string {
  return readFileSync(new URL(path, root), 'utf8')
}

/** The real document, where the shared files are at hand. */
export function realDocument(): string | undefined {
  const shared = process.env.CONVENIO_SHARED
  const file = shared && `${shared}/agreements/wom-aws-chile.md`
  if (shared && file && !existsSync(file)) throw new Error(`CONVENIO_SHARED is set and ${file} is not there`)
  return file ? readFileSync(file, 'utf8') : undefined
}

/** Every agreement text there is: the example in both languages, the exam, and the real document where it is at hand. */
export function allDocuments(): [string, string][] {
  const exam = readdirSync(new URL('test/agreements/', root)).map((name) => `test/agreements/${name}/agreement.md`)
  const paths = ['agreements/wom-aws-chile/agreement.md', 'agreements/wom-aws-chile/agreement.es.md', ...exam]
  const real = realDocument()
  return [
    ...paths.map((path): [string, string] => [path, textOf(path)]),
    ...(real ? [['the real document', real] as [string, string]] : []),
  ]
}

export function read(text: string): Agreement {
  return readAgreement(text, 'agreement.md', context, 'agreement')
}

/** Lines that are not blank and have no owner. */
export function ownerless(agreement: Agreement): number[] {
  const owners = lineOwners(agreement.headings, agreement.clauses, agreement.lines.length)
  return agreement.lines.flatMap((text, index) => (text.trim() !== '' && owners[index + 1] === -1 ? [index + 1] : []))
}

/** Clauses of a kind. */
export function ofKind(agreement: Agreement, kind: string): Clause[] {
  return agreement.clauses.filter((clause) => clause.kind === kind)
}

/** The terms of a kind's clauses without the words, so that two wordings of one agreement can be compared. */
export function figures(agreement: Agreement, kind: string): unknown[] {
  return ofKind(agreement, kind).map((clause) => strip(clause.terms))
}

const WORDS = new Set([
  'label',
  'text',
  'title',
  'service',
  'description',
  'use',
  'model',
  'details',
  'state',
  'standard',
  'requirement',
  'component',
  'responsibility',
  'metric',
  'initiative',
  'certificate',
  'training',
  'delivery',
  'programme',
  'activities',
  'activity',
  'frequencyText',
  'ownerText',
  'role',
  'provider',
  'partner',
  'meeting',
  'focus',
  'owner',
  'area',
  'providerText',
  'partnerText',
  'scenario',
  'process',
  'regionName',
  'items',
  'penaltyText',
  'units',
  'unit',
  'subject',
  'note',
  'meanings',
  'sign',
])

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      WORDS.has(key) && typeof inner !== 'boolean' ? [] : [[key, strip(inner)]],
    ),
  )
}
