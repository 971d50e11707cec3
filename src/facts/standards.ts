import { readData } from '../language/data.ts'
import { membersOf } from './countries.ts'
import { during, earliest, known, lazy, notCovered, type Sources, sourceOf } from './dated.ts'
import { foldedWords, Names } from './names.ts'
import type {
  DateText,
  Fact,
  Facts,
  ProviderId,
  Responsibility,
  Standard,
  StandardEdition,
  StandardMatch,
} from './types.ts'

interface StandardEntry extends Omit<Standard, 'id' | 'countries' | 'editions'> {
  countries?: readonly string[]
  editions?: readonly StandardEdition[]
  also?: readonly string[]
  source?: string
}

interface StandardData {
  sources: Sources
  standards: Record<string, StandardEntry>
}

interface ResponsibilityData {
  sources: Sources
  areas: Record<string, { name: string; answers: Responsibility['answers']; also: readonly string[] }>
}

/** An edition right after the name: `:2013`, `v3.2.1`, `(2022)`, `versión 4.0`. */
const EDITION = /^[\s:(,\-–]*(?:(?:v|ver|version|versión|rev|ed|edition|edición)\b\.?\s*|v)?(\d+(?:\.\d+)*)/iu

const load = lazy(() => {
  const data = readData(new URL('./data/standards.yaml', import.meta.url)) as StandardData
  const names = new Names<string>()
  for (const [id, entry] of Object.entries(data.standards))
    for (const name of [entry.name, ...(entry.also ?? [])]) names.add(name, id)
  return { data, names }
})

function toStandard(id: string, entry: StandardEntry): Standard {
  const { also: _also, source: _source, ...rest } = entry
  return { id, ...rest, countries: entry.countries ?? [], editions: entry.editions ?? [] }
}

function editionAt(standard: Standard, after: string, asOf: DateText): Omit<StandardMatch, 'standard'> {
  const named = EDITION.exec(after)?.[1]
  if (named === undefined || standard.editions.length === 0) return { editionStatus: 'unstated' }
  const edition = standard.editions.find((each) => each.edition === named || each.edition === `${named}.0`)
  if (edition === undefined) return { editionStatus: 'unlisted' }
  if (edition.published !== undefined && asOf < earliest(edition.published))
    return { edition, editionStatus: 'not-yet' }
  const superseded = edition.supersededOn !== undefined && asOf > edition.supersededOn
  return { edition, editionStatus: superseded ? 'superseded' : 'current' }
}

/** The whole text ("DORA", "hipaa"), else the first name inside it. */
function find(text: string): { id: string; after: string } | undefined {
  const { names } = load()
  const [exact] = names.exact(text)
  if (exact !== undefined) return { id: exact, after: '' }
  const mention = names.mentions(text)[0]
  return mention === undefined ? undefined : { id: mention.value[0] as string, after: text.slice(mention.end) }
}

function standardNamed(text: string, asOf: DateText): Fact<StandardMatch> {
  const { data } = load()
  const found = find(text)
  if (found === undefined) return notCovered(undefined, 'the standard is not in the list')
  const entry = data.standards[found.id] as StandardEntry
  const source = sourceOf(data.sources, entry.source)
  return during(source, asOf, () => {
    const standard = toStandard(found.id, entry)
    return known({ standard, ...editionAt(standard, found.after, asOf) }, source)
  })
}

function isForeignStandard(standard: Standard, iso2: string): boolean {
  return standard.reach === 'domestic' && !standard.countries.some((country) => membersOf(country).includes(iso2))
}

const responsibilities = lazy(() => {
  const data = readData(new URL('./data/responsibility.yaml', import.meta.url)) as ResponsibilityData
  const names = new Names<string>()
  for (const [area, entry] of Object.entries(data.areas))
    for (const name of [entry.name, ...entry.also]) names.add(name, area)
  return { data, names }
})

const FILLERS = new Set(
  'the of and in for all its cloud region regions aws amazon azure microsoft google gcp oracle oci la el de del los las y en sus nube region regiones'.split(
    ' ',
  ),
)

/** "Physical security of the data centres": several areas that one side answers for, and no other word that could change it. */
function composed(area: string): string | undefined {
  const { data, names } = responsibilities()
  const mentions = names.mentions(area)
  const rest = mentions.reduceRight((text, { start, end }) => `${text.slice(0, start)} ${text.slice(end)}`, area)
  if (foldedWords(rest).some((word) => !FILLERS.has(word))) return undefined
  const areas = mentions.map(({ value }) => value[0] as string)
  return new Set(areas.map((id) => data.areas[id]?.answers)).size === 1 ? areas[0] : undefined
}

/** The model's common part is one for the four providers. An area that it does not name is `not-checked`, never a pass. */
function responsibilityOf(area: string, _provider: ProviderId, asOf: DateText): Fact<Responsibility> {
  const { data, names } = responsibilities()
  const source = sourceOf(data.sources, 'main')
  const words = foldedWords(area)
  const plain = words.filter((word) => !['the', 'of', 'la', 'el', 'de', 'del', 'los', 'las'].includes(word)).join(' ')
  const id = names.exact(area)[0] ?? names.exact(plain)[0] ?? composed(area)
  const entry = id === undefined ? undefined : data.areas[id]
  if (id === undefined || entry === undefined) return notCovered(source)
  return during(source, asOf, () => known({ area: id, name: entry.name, answers: entry.answers }, source))
}

export const standardFacts: Pick<Facts, 'standardNamed' | 'isForeignStandard' | 'responsibilityOf'> = {
  standardNamed,
  isForeignStandard,
  responsibilityOf,
}
