import { type Kysely, sql } from 'kysely'
import type { Keyring } from '../keyring/index.ts'
import type { Tables } from '../records/tables.ts'
import { contentOf, type Fate, fateOf, type Telling, type ToldFact } from './told.ts'

/** Where told facts go in. */
export interface FactsTarget {
  db: Kysely<Tables>
  keyring: Keyring
  agreement: string
  import: string
  source: string
  receivedAt: string
}

/** What became of each telling, in their order, and how many facts now stand differently than before. */
export interface Recorded {
  fates: Fate[]
  replaced: number
}

const AT_ONCE = 2000
const PERSON = /\{\{person:([^{}]*)\}\}/g

interface Prepared {
  fact: ToldFact
  values: string
  personal: string | null
  content: string
}

/** Writes the tellings that say something new. Persons named in values become pseudonyms, personal values are sealed. */
export async function recordFacts(target: FactsTarget, told: readonly ToldFact[]): Promise<Recorded> {
  const fates: Fate[] = []
  let replaced = 0
  for (let at = 0; at < told.length; at += AT_ONCE) {
    const owned = await withOwners(target, told.slice(at, at + AT_ONCE), told)
    const part = owned.map((fact) => prepared(fact, target.keyring))
    const known = await tellingsOf(target, part)
    const rows: Prepared[] = []
    for (const each of part) {
      const { dataset, key, version } = each.fact
      const identity = `${dataset}\u0000${key}`
      const tellings = known.get(identity) ?? []
      const telling = { version, content: each.content, receivedAt: target.receivedAt }
      const fate = fateOf(telling, tellings)
      fates.push(fate)
      if (fate === 'duplicate') continue
      if (fate === 'kept' && tellings.length > 0) replaced += 1
      known.set(identity, [...tellings, telling])
      rows.push(each)
    }
    await insert(target, rows)
  }
  return { fates, replaced }
}

// A line of an incident's timeline names the incident, not whose it is; what is personal in it must fall with that owner's key.
async function withOwners(
  { db, agreement }: FactsTarget,
  part: readonly ToldFact[],
  all: readonly ToldFact[],
): Promise<readonly ToldFact[]> {
  const asked = part.flatMap((fact) => fact.ownerOf ?? [])
  if (asked.length === 0) return part
  const { rows } = await sql<{ dataset: string; key: string; owner: string }>`
    select distinct on (f.dataset, f.key) f.dataset, f.key, f.owner
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as k (dataset text, key text)
    join facts f on f.agreement = ${agreement} and f.dataset = k.dataset and f.key = k.key
    order by f.dataset, f.key, f.id desc`.execute(db)
  const owners = new Map(rows.map((row) => [`${row.dataset} ${row.key}`, row.owner]))
  for (const { dataset, key, owner, ownerOf } of all) if (!ownerOf) owners.set(`${dataset} ${key}`, owner)
  return part.map((fact) => {
    const owner = fact.ownerOf && owners.get(`${fact.ownerOf.dataset} ${fact.ownerOf.key}`)
    return owner === undefined ? fact : { ...fact, owner }
  })
}

function prepared(fact: ToldFact, keyring: Keyring): Prepared {
  const values = Object.fromEntries(
    Object.entries(fact.values).map(([name, value]) => [name, withoutPersons(value, fact.owner, keyring)]),
  )
  const plain = { ...fact, values }
  const personal = fact.personal && Object.keys(fact.personal).length > 0 ? JSON.stringify(fact.personal) : undefined
  const digest = personal === undefined ? '' : keyring.pseudonym(fact.owner, 'content', personal)
  return {
    fact,
    values: JSON.stringify(values),
    personal: personal === undefined ? null : keyring.seal(fact.owner, personal),
    content: contentOf(plain, digest),
  }
}

function withoutPersons(value: string | number | boolean, owner: string, keyring: Keyring): string | number | boolean {
  if (typeof value !== 'string' || !value.includes('{{person:')) return value
  return value.replace(PERSON, (_, identity: string) => keyring.pseudonym(owner, 'person', identity))
}

async function tellingsOf({ db, agreement }: FactsTarget, part: readonly Prepared[]): Promise<Map<string, Telling[]>> {
  const keys = JSON.stringify(part.map(({ fact }) => ({ dataset: fact.dataset, key: fact.key })))
  const { rows } = await sql<{
    dataset: string
    key: string
    version: string
    content: string
    received_at: string
  }>`select f.dataset, f.key, f.version, f.content, f.received_at
     from (select distinct dataset, key from jsonb_to_recordset(${keys}::jsonb) as k (dataset text, key text)) k
     join facts f on f.agreement = ${agreement} and f.dataset = k.dataset and f.key = k.key
     where not exists (select 1 from retractions r where r.import = f.import)
     order by f.id`.execute(db)
  const known = new Map<string, Telling[]>()
  for (const { dataset, key, version, content, received_at } of rows) {
    const identity = `${dataset}\u0000${key}`
    const telling = { version, content, receivedAt: received_at }
    known.set(identity, [...(known.get(identity) ?? []), telling])
  }
  return known
}

async function insert(target: FactsTarget, rows: readonly Prepared[]): Promise<void> {
  if (rows.length === 0) return
  const list = rows.map(({ fact, values, personal, content }, ordinal) => ({
    ordinal,
    dataset: fact.dataset,
    key: fact.key,
    version: fact.version,
    happened_from: fact.from,
    happened_to: fact.to,
    owner: fact.owner,
    grade: fact.grade,
    values,
    personal,
    content,
    file: fact.file,
    row: fact.row,
    sha256: fact.sha256,
  }))
  await sql`insert into facts (agreement, dataset, key, version, happened_from, happened_to, owner, grade, "values",
      personal, content, source, file, row, sha256, import, received_at)
    select ${target.agreement}, t.dataset, t.key, t.version, t.happened_from, t.happened_to, t.owner, t.grade, t."values",
      t.personal, t.content, ${target.source}, t.file, t.row, t.sha256, ${target.import}, ${target.receivedAt}::date
    from jsonb_to_recordset(${JSON.stringify(list)}::jsonb) as t (ordinal integer, dataset text, key text, version text,
      happened_from date, happened_to date, owner text, grade text, "values" text, personal text, content text,
      file text, row text, sha256 text)
    order by t.ordinal`.execute(target.db)
}
