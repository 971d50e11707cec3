import { readdirSync, readFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'
import {
  type Agreement,
  consolidate,
  RuleBook,
  readAgreement,
  readAmendment,
  type Supplement,
} from '../../src/agreement/index.ts'
import { knownKinds } from '../../src/clauses/registry.ts'
import { loadFacts } from '../../src/facts/index.ts'

const header = readFileSync(new URL('./header.md', import.meta.url), 'utf8')
const footer = readFileSync(new URL('./footer.md', import.meta.url), 'utf8')

/** What every case of a room has in common. */
export interface Case {
  name: string
  rule: string | string[]
  /** Markdown. It stands between a usual header (parties, dates) and footer (reviews) unless `whole` is set. */
  given: string
  whole?: boolean
  supplement?: { entries?: object[]; waivers?: object[] }
  /** Amendments as their YAML files say them; those recorded by the as-of date are applied. */
  amendments?: object[]
  asOf?: string
  file: string
}

export const kinds = knownKinds()
export const facts = loadFacts()

const root = new URL('../../', import.meta.url)

/** All cases of the rooms of a house (`src/clauses`, `src/checks`), or of one room, each with the file it stands in. */
export function casesOf<T extends Case>(house: string, room?: string): T[] {
  const files = readdirSync(new URL(`${house}/`, root), { recursive: true }).map((file) => `${house}/${file}`)
  const wanted = files.filter(
    (file) => /\/cases\/[^/]+\.yaml$/.test(file) && (!room || file.startsWith(`${house}/${room}/`)),
  )
  return wanted.sort().flatMap((file) => {
    const list = parse(readFileSync(new URL(file, root), 'utf8')) as T[] | null
    return (list ?? []).map((each) => ({ ...each, file }))
  })
}

/** The text of a case. */
export function textOf(each: Case): string {
  if (each.whole) return each.given
  // Rows go on with the header's table; anything else, and a table of its own, stands apart from it.
  const goesOn = each.given.startsWith('|') && !/^.*\n\s*\|[\s:|-]+\|\s*\n/.test(each.given)
  return `${header}${goesOn ? '' : '\n'}${each.given}\n${footer}`
}

export function agreementOf(each: Case): Agreement {
  const agreement = readAgreement(textOf(each), 'agreement.md', { kinds, facts }, 'case')
  if (!each.amendments) return agreement
  const amendments = each.amendments.map((form, at) => {
    const { amendment, problems } = readAmendment(stringify(form), `amendment-${at + 1}.yaml`)
    if (!amendment) throw new Error(`${each.name}: amendment ${at + 1}: ${JSON.stringify(problems)}`)
    return amendment
  })
  const asOf = each.asOf ?? '2025-01-31'
  return consolidate(agreement, amendments, asOf, asOf, kinds)
}

/** A supplement as cases write it: entries of topic, clause and value. */
export function supplementOf(each: Case): Supplement | undefined {
  if (!each.supplement) return undefined
  const span = { file: 'supplement.yaml', line: 1, column: 1, endLine: 1, endColumn: 2 }
  const agreed = { by: 'case', on: '2023-07-01' }
  const rules = (each.supplement.entries ?? []).map((entry) => ({
    agreed,
    statement: '',
    span,
    from: 'supplement',
    ...entry,
  }))
  const waivers = (each.supplement.waivers ?? []).map((waiver) => ({ span, ...waiver }))
  return { file: 'supplement.yaml', lines: [], rules, waivers } as unknown as Supplement
}

export function rulesOf(agreement: Agreement, supplement?: Supplement): RuleBook {
  return new RuleBook(agreement, supplement)
}
