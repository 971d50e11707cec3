import { type Clause, plain, type Topic } from '../../agreement/index.ts'
import type { ProviderId, Service, ServiceKind } from '../../facts/index.ts'
import { coveredServices } from '../covered.ts'
import type { CheckContext, Draft } from '../room.ts'
import { pricedRows, saysIncluded } from '../run-rate.ts'

/** A service as a text names it, with what is known of it. */
interface Named {
  clause: Clause
  name: string
  /** Name and description, for families that the description narrows. */
  full: string
  known: Service | undefined
  kinds: readonly ServiceKind[]
  /** Words of the name that tell services apart, and those of the description as well. */
  words: ReadonlySet<string>
  allWords: ReadonlySet<string>
}

// Words that many services carry in their names and that therefore tell none apart.
const COMMON = new Set(
  'amazon aws microsoft azure google cloud gcp oracle oci ibm the a an of for and or with to in on de del la el los las y e o para con en service services servicio servicios managed administrado administrada gestionado gestionada platform plataforma solution solucion cost costs charge charges fee fees'.split(
    ' ',
  ),
)

function wordsOf(text: string): Set<string> {
  const words = plain(text)
    .split(/[^a-z0-9]+/)
    .filter((word) => word.length > 1 && !COMMON.has(word))
  return new Set(words.map((word) => (word.length > 4 ? word.replace(/s$/, '') : word)))
}

function providerOf(context: CheckContext): ProviderId | undefined {
  const name = context.agreement.parties.find((party) => party.side === 'provider')?.name
  return name === undefined ? undefined : context.facts.providerNamed(name)?.id
}

function named(
  { facts }: CheckContext,
  provider: ProviderId | undefined,
  clause: Clause,
  name: string,
  more: readonly (string | undefined)[],
): Named {
  const description = more.filter((each) => each !== undefined && each !== '').join(', ')
  const known = facts.serviceNamed(name, provider) ?? facts.servicesIn(name, provider)[0]?.value
  return {
    clause,
    name,
    full: description ? `${name} — ${description}` : name,
    known,
    kinds: facts.serviceKindsIn(name),
    words: wordsOf(name),
    allWords: wordsOf(`${name} ${description}`),
  }
}

function covered(context: CheckContext): Named[] {
  const provider = providerOf(context)
  return coveredServices(context).map((clause) =>
    named(context, provider, clause, clause.terms.service, [clause.terms.description, clause.terms.use]),
  )
}

function priced(context: CheckContext): Named[] {
  const provider = providerOf(context)
  return pricedRows(context).map((clause) =>
    named(context, provider, clause, clause.terms.service, [clause.terms.model]),
  )
}

/** Whether a covered and a priced service are one, or one contains the other. */
function belong(context: CheckContext, provider: ProviderId | undefined, scope: Named, row: Named): boolean {
  if (plain(scope.name) === plain(row.name)) return true
  if (scope.known && row.known) {
    // A family is narrowed by its description; a service that the text does not describe is taken as named.
    const relation = context.facts.sameService(scope.full, row.name, provider)
    return relation !== 'different' && relation !== 'unknown'
  }
  if (shareKinds(scope, row)) return true
  if (within(row.words, scope.words) || within(scope.words, row.words)) return true
  // Support is sold beside services; a description that mentions it does not make it one of them.
  const isSupport = row.known?.kind === 'support' || row.kinds.includes('support')
  return !isSupport && (within(row.words, scope.allWords) || within(scope.words, row.allWords))
}

function shareKinds(a: Named, b: Named): boolean {
  const own = (one: Named): readonly ServiceKind[] => (one.known ? [one.known.kind, ...one.known.covers] : one.kinds)
  return own(a).some((kind) => own(b).includes(kind))
}

function within(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return part.size > 0 && [...part].every((word) => whole.has(word))
}

/** Rows by everything that could make them belong to a covered service, so that not every pair is compared. */
class RowIndex {
  readonly #byKey = new Map<string, Set<Named>>()

  constructor(rows: readonly Named[]) {
    for (const row of rows) for (const key of this.#keys(row)) this.#add(key, row)
    // A row lies within a scope only if its rarest word does: one entry for each row keeps common words cheap.
    for (const row of rows) {
      const rarest = this.#rarest(row.words)
      if (rarest) this.#add(`rare:${rarest}`, row)
    }
  }

  /** Rows that may belong to a covered service. */
  near(scope: Named): Set<Named> {
    const kinds = scope.known ? [scope.known.kind, ...scope.known.covers] : scope.kinds
    const whole = this.#rarest(scope.words)
    const keys = [
      `name:${plain(scope.name)}`,
      ...(scope.known ? [`id:${scope.known.id}`, `id:${scope.known.partOf ?? ''}`] : []),
      ...kinds.map((kind) => `kind:${kind}`),
      ...[...scope.allWords].map((word) => `rare:${word}`),
      ...(whole ? [`word:${whole}`] : []),
    ]
    return new Set(keys.flatMap((key) => [...(this.#byKey.get(key) ?? [])]))
  }

  #keys(row: Named): string[] {
    const kinds = row.known ? [row.known.kind, ...row.known.covers] : row.kinds
    const ids = row.known ? [row.known.id, ...(row.known.partOf ? [row.known.partOf] : [])] : []
    return [
      `name:${plain(row.name)}`,
      ...ids.map((id) => `id:${id}`),
      ...kinds.map((kind) => `kind:${kind}`),
      ...[...row.allWords].map((word) => `word:${word}`),
    ]
  }

  #add(key: string, row: Named): void {
    const rows = this.#byKey.get(key)
    if (rows) rows.add(row)
    else this.#byKey.set(key, new Set([row]))
  }

  #rarest(words: ReadonlySet<string>): string | undefined {
    const count = (word: string): number => this.#byKey.get(`word:${word}`)?.size ?? 0
    return [...words].reduce<string | undefined>(
      (best, word) => (best === undefined || count(word) < count(best) ? word : best),
      undefined,
    )
  }
}

interface Matching {
  scope: Named[]
  rows: Named[]
  /** Names of covered services that are priced. */
  pricedNames: Set<string>
  /** Names of priced services that are covered. */
  coveredNames: Set<string>
}

// Both checks ask for the same matching; it is kept for as long as their context lives.
const kept = new WeakMap<CheckContext, Matching>()

function matching(context: CheckContext): Matching {
  const known = kept.get(context)
  if (known) return known
  const scope = covered(context)
  const rows = priced(context)
  const provider = providerOf(context)
  const distinct = (all: readonly Named[]) => [...new Map(all.map((one) => [one.full, one])).values()]
  const index = new RowIndex(distinct(rows))
  const pricedNames = new Set<string>()
  const coveredNames = new Set<string>()
  for (const one of distinct(scope)) {
    for (const row of index.near(one)) {
      if (pricedNames.has(one.full) && coveredNames.has(row.full)) continue
      if (!belong(context, provider, one, row)) continue
      pricedNames.add(one.full)
      coveredNames.add(row.full)
    }
  }
  const result = { scope, rows, pricedNames, coveredNames }
  kept.set(context, result)
  return result
}

/** Says whether a note settles a service: it is about its clause, or names it, or is about all alike. */
function settler(context: CheckContext, topic: Topic, all: readonly Named[]): (one: Named) => boolean {
  const notes = context.rules
    .all(topic)
    .filter((rule) => rule.clause === undefined)
    .map((rule) => wordsOf(`${rule.statement} ${Object.values(rule.value ?? {})}`))
  const names = (words: ReadonlySet<string>, one: Named) => one.words.size > 0 && within(one.words, words)
  const aboutAll = notes.some((words) => !all.some((one) => names(words, one)))
  return (one) => {
    const rule = context.rules.find(topic, one.clause.id)
    if (rule?.clause !== undefined) return true
    return aboutAll || notes.some((words) => names(words, one))
  }
}

// What a row says of its own price or scope: "billed separately at public prices", "incluido en Amazon Connect".
const ELSEWHERE =
  /\b(?:list price|price list|public pric\w+|rate card|billed separately|lista de precios|precios? publicos?|tarifario|se cobra aparte|facturad[oa] aparte)\b/

/** PRC-1: a covered service that no price row stands for. */
export function coveredNotPriced(context: CheckContext): Draft[] {
  const { scope, rows, pricedNames } = matching(context)
  if (rows.length === 0) return []
  const settled = settler(context, 'price-included', scope)
  return scope.flatMap((one): Draft[] => {
    const { clause, name } = one
    if (pricedNames.has(one.full) || saysIncluded(clause)) return []
    if (clause.cells.some((cell) => ELSEWHERE.test(plain(cell.text)))) return []
    if (settled(one) || context.rules.find('rate', clause.id)?.clause) return []
    return [{ at: clause.places.service ?? clause.span, clause: clause.id, params: { service: name } }]
  })
}

const TAX = /^(?:tax(?:es)?|vat|iva|igv|itbis|moms|impuestos?|discounts?|descuentos?)\b/

/** PRC-2: a priced service that the scope does not hold. */
export function pricedNotCovered(context: CheckContext): Draft[] {
  const { scope, rows, coveredNames } = matching(context)
  if (scope.length === 0) return []
  const settled = settler(context, 'scope-note', rows)
  return rows.flatMap((row): Draft[] => {
    if (TAX.test(plain(row.name)) || coveredNames.has(row.full) || settled(row)) return []
    return [{ at: row.clause.places.service ?? row.clause.span, clause: row.clause.id, params: { service: row.name } }]
  })
}
