import { decimal, minutesOf, readData } from '../language/index.ts'
import { splitList } from './cell-reader.ts'
import type { Party } from './clause.ts'
import { ladderOf } from './ladders.ts'
import { measuredParts } from './measured-parts.ts'
import { parseDuration, parseFrequency, parseSide } from './measures.ts'
import type { Topic, TopicValue } from './topics.ts'
import { isCurrency, parseDate, parseMoney, parsePercentage, vocabulary } from './values.ts'
import { holdsPhrase, plain, plainLabel } from './words.ts'

/** What of the document is needed to read a rule's words. */
export interface RuleHabits {
  decimalMark: '.' | ','
  parties: readonly Party[]
}

type Value<T extends Topic> = Partial<TopicValue<T>> | undefined
type Readers = { [T in Topic]: (text: string, lower: string, habits: RuleHabits, label?: string) => Value<T> }

const currencyNames = Object.entries(
  readData(new URL('./vocabulary/currencies.yaml', import.meta.url)) as Record<string, string[]>,
)
  .flatMap(([code, names]) => names.map((name) => ({ code, name: plainLabel(name) })))
  .sort((a, b) => b.name.length - a.name.length)

const zoneNames = [
  ...Object.entries(
    readData(new URL('./vocabulary/time-zones.yaml', import.meta.url)) as Record<string, string[]>,
  ).flatMap(([zone, names]) => names.map((name) => ({ zone, name }))),
  ...Intl.supportedValuesOf('timeZone').map((zone) => ({
    zone,
    name: plain(zone.slice(zone.lastIndexOf('/') + 1)).replace(/_/g, ' '),
  })),
].sort((a, b) => b.name.length - a.name.length)

/**
 * What of a rule's words can be computed with; undefined when the words do not say it. Required fields may be missing.
 * `label` is what the text calls the rule, such as "Exclusions", when it calls it anything.
 */
export function ruleValue<T extends Topic>(topic: T, text: string, habits: RuleHabits, label?: string): Value<T> {
  const value = readers[topic](text, plain(text), habits, label)
  return value && Object.keys(value).length > 0 ? value : undefined
}

/** The currency that words name: a code, a sign, or a name that only one country's money has; the first that is named. */
export function currencyIn(text: string): string | undefined {
  const pieces = text.split(/[;.]\s+/)
  for (const piece of pieces.length > 1 ? [...pieces, text] : pieces) {
    const found = currencyInPiece(piece)
    if (found) return found
  }
  return undefined
}

function currencyInPiece(text: string): string | undefined {
  const codes = [...text.matchAll(/(?<![\p{L}\d])[A-Z]{3}(?![\p{L}\d])/gu)].map((match) => match[0])
  // "ALL" is the Albanian lek only where nobody shouts.
  const code = codes.find((each) => isCurrency(each) && each !== 'ALL')
  const label = plainLabel(text)
  return code ?? currencyNames.find(({ name }) => holdsPhrase(label, name))?.code ?? signIn(text)
}

const signs = Object.entries(vocabulary.signs).map(([sign, code]) => ({
  pattern: new RegExp(`(?<![\\p{L}])${sign.replace(/[$./]/g, '\\$&')}`, 'u'),
  code,
}))

function signIn(text: string): string | undefined {
  const found = signs.map(({ pattern, code }) => ({ at: text.search(pattern), code })).filter(({ at }) => at >= 0)
  return found.sort((a, b) => a.at - b.at)[0]?.code
}

function zoneIn(text: string, lower: string): string | undefined {
  const written =
    /\b(?:Africa|America|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)\/[A-Za-z_]+(?:\/[A-Za-z_]+)?/.exec(text)
  const label = lower.replace(/[^a-z0-9 ]+/g, ' ').replace(/\s+/g, ' ')
  return written?.[0] ?? zoneNames.find(({ name }) => holdsPhrase(label.trim(), name))?.zone
}

const EXCEPT =
  /\b(?:excluding|except(?: for)?|excludes?|but not|other than|not counting|excluyendo|excluye[n]?|excepto|salvo|sin contar|no incluyen?|con exclusión de|con exclusion de)\b:?/i
const NOT_COUNTED =
  /(?:^|[.;,]\s*)([^.;]+?)\s+(?:do|does)? ?(?:not count|are excluded|is excluded|no cuentan?|no se cuentan?|quedan? excluid[oa]s?|se excluyen?|no computan?)\b/i
// "No cuentan soporte ni impuestos": in Spanish the verb may come first.
const NOT_COUNTED_FIRST =
  /(?:^|[.;,]\s*)(?:pero |y )?(?:no (?:se )?(?:cuentan?|computan?|imputan?|consideran?)|quedan? fuera|se excluyen?)\s+(?!para\b|hacia\b|contra\b|al?\b)([^.;]+)/i
const VERB =
  /\b(?:means|shall mean|includes?|comprises?|counts?:|is|are|significa|incluye|comprende|corresponde a|es|son)\b:?/i
// "before the discount", "sin IVA": how the spend is measured, not what counts.
const QUALIFIES = /^(?:(?:and|but|y|pero)\s+)?(?:before|after|net of|gross of|antes|despu[eé]s|netos? de|brutos? de)\b/i
const WITHOUT = /^(?:(?:and|but|y|pero)\s+)?(?:without|sin)\s+(?:the |any |el |la |los |las )?/i
const DISCOUNTS =
  '(?:discounts?|rebates?|(?:del? |de los |de las |de la |la |el )?(?:descuentos?|rebajas?|bonificaci(?:on|ones)))'
const AFTER_DISCOUNT = new RegExp(
  `\\b(?:(?:after|net of|less) (?:the |any )?|despues (?:de )?|netos? (?:de )?)${DISCOUNTS}`,
)
const BEFORE_DISCOUNT = new RegExp(
  `\\b(?:before (?:the |any )?|antes (?:de )?)${DISCOUNTS}|\\blist price|\\bprecios? de lista`,
)

function eligible(text: string, lower: string, { decimalMark }: RuleHabits): Value<'eligible-spend'> {
  const body = text.replace(/^[^.;:]{0,60}?:\s*/, '')
  const [counted = '', except = ''] = split(body, EXCEPT)
  const refused = NOT_COUNTED.exec(text)?.[1] ?? NOT_COUNTED_FIRST.exec(text)?.[1]?.replace(/\s+ni\s+/g, ', ') ?? ''
  const said = refused && counted.includes(refused) ? counted.slice(0, counted.indexOf(refused)) : counted
  const [before, after] = split(said, VERB)
  const named = listed(after && before.split(/\s+/).length <= 6 ? after : said)
  const counts = named.filter((each) => !QUALIFIES.test(each) && !WITHOUT.test(each))
  const without = named.filter((each) => WITHOUT.test(each)).map((each) => each.replace(WITHOUT, ''))
  const value: NonNullable<Value<'eligible-spend'>> = { excludes: [...listed(except || refused), ...without] }
  if (counts.length > 0) value.counts = counts
  if (AFTER_DISCOUNT.test(lower)) value.measure = 'after-discount'
  else if (BEFORE_DISCOUNT.test(lower)) value.measure = 'before-discount'
  const cap = /marketplace[^.;]{0,60}/i.exec(text)?.[0]
  const percent = cap && parsePercentage(cap, decimalMark)
  if (percent) value.marketplaceCap = percent
  return value
}

function split(text: string, at: RegExp): [string, string?] {
  const match = at.exec(text)
  return match ? [text.slice(0, match.index), text.slice(match.index + match[0].length)] : [text]
}

function listed(text: string): string[] {
  return splitList(text.split(/[.;](?:\s|$)/)[0] ?? '')
    .map((each) => each.replace(/^(?:and|or|y|o|e|the|los|las|el|la)\s+|[.:\s]+$/gi, '').trim())
    .filter((each) => each !== '')
}

function shortfall(text: string, lower: string, { decimalMark }: RuleHabits): Value<'shortfall'> {
  const value: NonNullable<Value<'shortfall'>> = {}
  const percent = parsePercentage(text, decimalMark)
  if (
    /\b(no (charge|payment|penalty)|nothing is (due|owed)|not (charged|payable)|waived|sin (cargo|cobro|pago)|no se (cobra|factura|paga))\b/.test(
      lower,
    )
  )
    value.rule = 'none'
  else if (
    /\b(re-?pric\w+|recalculat\w+|at list price|discount is (lost|withdrawn|reduced)|se recalcula\w*|pierde el descuento|a precio de lista)\b/.test(
      lower,
    )
  )
    value.rule = 'reprice'
  else if (percent !== undefined && !decimal(percent).eq(100)) value.rule = 'percentage'
  else if (
    /\b(difference|shortfall|missing (?:amount|part|spend)|gap|unspent|balance|true-?up|deficit|diferencia|faltante|saldo|regulariza\w*|no consumid[oa])\b/.test(
      lower,
    )
  )
    value.rule = 'difference'
  if (value.rule === 'percentage' && percent) value.percentage = percent
  const surplus = surplusCarries(lower)
  if (surplus !== undefined) value.carryOver = surplus
  const due = parseDuration(text, decimalMark)
  const days = due?.unit === 'day' ? due.amount : ''
  if (/^\d+$/.test(days)) value.dueDays = Number(days)
  return value
}

function surplusCarries(lower: string): boolean | undefined {
  if (
    /\b(no (carry|roll|surplus|excess)|not (be )?(carr|roll|credit|count)|neither|lapses?|expires?|is lost|are lost|cannot be carried|no se (traspasa|arrastra|traslada|acumula|imputa|abona)|no (hay|existe)|se pierde|caduca|sin arrastre|sin traspaso)/.test(
      lower,
    )
  )
    return false
  if (/^(no|none|ninguno)\b/.test(lower)) return false
  if (/^(yes|si|permitted|allowed)\b/.test(lower)) return true
  if (
    /\b(carr(y|ies|ied)|rolls?( over)?|rolled|counts? toward|credited|se (traspasa|arrastra|traslada|acumula|imputa|abona)|traspasables?)/.test(
      lower,
    )
  )
    return true
  return undefined
}

function included(lower: string): boolean | undefined {
  if (
    /\b(exclud|exclusive|net of|before tax|not included|without|plus (vat|tax|iva)|in addition|excluy|no incluy|sin (iva|impuesto)|mas (iva|impuesto)|netos? de|antes de (iva|impuesto)|no (esta|estan) incluid|se (agrega|recarga))/.test(
      lower,
    )
  )
    return false
  if (/\b(includ|inclusive|gross of|incluy|incluid|con iva|con impuesto)/.test(lower)) return true
  return undefined
}

function measurement(text: string, lower: string, { decimalMark }: RuleHabits, label = ''): Value<'measurement'> {
  const value: NonNullable<Value<'measurement'>> = measuredParts(text, label)
  const interval = /\b(?:every|cada|intervals? of|intervalos? de)\s+([^,.;]+)/.exec(lower)?.[1]
  const length =
    interval === undefined ? undefined : parseDuration(/^\d/.test(interval) ? interval : `1 ${interval}`, decimalMark)
  const minutes = length && minutesOf(length)
  if (minutes !== undefined) value.intervalSeconds = minutes * 60
  const maintenance = /\b(?:maintenance|mantenimiento|mantencion)\b[^.;]*/.exec(lower)?.[0]
  const hours = maintenance === undefined ? undefined : parseDuration(maintenance, decimalMark)
  const long = hours && minutesOf(hours)
  if (long !== undefined) value.maintenanceHours = long / 60
  return value
}

function claims(text: string, lower: string): Value<'claim-rules'> {
  const value: NonNullable<Value<'claim-rules'>> = {}
  if (/\b(within|before|deadline|no later|days?|months?|by|plazo|dentro|antes|hasta|dias?|meses)\b/.test(lower))
    value.deadline = text
  if (/\b(match\w*|50\/50|50 ?%|co-?fund\w*|contraparte|cofinancia\w*|aporte)\b/.test(lower)) value.matching = text
  if (
    /\b(proof|receipts?|invoices?|evidence|documentation|comprobantes?|facturas?|prueba|evidencia|documentacion|respaldo)\b/.test(
      lower,
    )
  )
    value.proof = text
  return value
}

function renewal(text: string, lower: string): Value<'renewal'> {
  const value: NonNullable<Value<'renewal'>> = {}
  if (
    /\b(no automatic|not (be )?(automatic\w*|renew\w*)|without renewal|expires?|ends at|lapses?|no se renueva|no se renovara|sin renovacion|expira\w*|vence|termina|no automatica)\b/.test(
      lower,
    )
  )
    value.renews = 'expires'
  // "Expires unless the parties agree in writing": neither the agreement nor the "unless" makes it renew by itself.
  const expires = value.renews === 'expires'
  if (
    /\b(by (mutual |written |express )?agreement|mutual\w*|in writing|parties agree|by amendment|(both|the) parties (sign|agree)|only (if|by)|de comun acuerdo|(ambas|las) partes (firman?|firmen|acuerdan|acuerden)|(solo|unicamente) (si|mediante|por)|por acuerdo|acuerdo (escrito|mutuo)|mutuo acuerdo|por escrito)\b/.test(
      lower,
    )
  )
    value.renews = 'by-agreement'
  if (
    !expires &&
    /\b(automatic\w*|auto-?renew\w*|unless|tacit\w*|successive|salvo|sucesiv\w*|automatica\w*)\b/.test(lower)
  )
    value.renews = 'automatically'
  if (!value.renews && /\b(renews?|se renueva|prorrogable|renovable|renewable)\b/.test(lower))
    value.renews = 'automatically'
  if (/\b(notice|aviso|preaviso)\b/.test(lower)) value.notice = text
  return value
}

const UNITS =
  'minute|unit|gb(?:-month)?|gib|tb|subscriber|agent|seat|user|hour|call|contact|message|request|port|month|minuto|unidad|suscriptor|agente|usuario|hora|llamada|contacto|mensaje|puerto|mes'
const RATE = new RegExp(
  `([^;,.]*?[\\d][\\d.,]*[^;,]*?)\\s*(?:per|por|/|a|each|cada)\\s*((?:\\w+-)?(?:${UNITS})s?(?:-\\w+)?)\\b`,
  'giu',
)

function rates(text: string, { decimalMark }: RuleHabits): Value<'rate'> {
  const found = [...text.matchAll(RATE)].flatMap(([, amountText = '', unit = '']) => {
    const amount = parseMoney(amountText.replace(/^.*?(?=(?:US\$|[A-Z]{3}|[$€£])?\s?\d)/, ''), decimalMark)
    if (!amount) return []
    const currency = amount.currency === 'XXX' ? {} : { currency: amount.currency }
    return [{ unit: unit.toLowerCase(), amount: amount.amount, ...currency }]
  })
  return found.length > 0 ? { rates: found } : undefined
}

function fundPer(lower: string): Value<'fund-period'> {
  if (/\b(quarter|quarterly|trimestre|trimestral|trimestrales)\b/.test(lower)) return { per: 'quarter' }
  if (/\b(month|monthly|mes|mensual|mensuales)\b/.test(lower)) return { per: 'month' }
  if (/\b(year|years|yearly|annual|annually|ano|anual|anuales)\b/.test(lower)) return { per: 'year' }
  if (/\b(once|one-?off|unica vez|una sola vez)\b/.test(lower)) return { per: 'once' }
  return /\b(term|whole agreement|plazo|vigencia)\b/.test(lower) ? { per: 'term' } : undefined
}

function calendar(text: string, lower: string): Value<'calendar'> {
  const value: NonNullable<Value<'calendar'>> = {}
  const named = /\b(calendar year|ano calendario|1 january|1 de enero)\b/.test(lower)
  if (named && !/\b(contract|contractual)\b/.test(lower)) value.year = 'calendar'
  else if (/\b(years?|anos?)\b/.test(lower)) value.year = 'contract'
  if (/\b(holidays?|working|business days?|feriados?|festivos?|habil(es)?)\b/.test(lower)) value.holidays = text
  return value
}

const MARGINAL =
  /\b(marginal|incremental|only (to|on) (the )?(spend|part|portion|volume|consumption|amount)|(above|exceed\w*|in excess of|beyond) the|excess|each band|by band|solo (a|sobre|la (parte|porcion|fraccion)|el (tramo|volumen|monto|consumo)|lo) |por (el )?tramo|cada tramo|sobre el exceso|que exce(da|de)n?|que supere?a?n?|(por encima|por sobre|encima) del?|excedente)\b/
const WHOLE_VOLUME = /\b(whole|entire|full|all|total|first dollar|every|totalidad|todo|toda|integr[oa])\b/
// "To the whole volume, not only to the part above": what is denied is not what is agreed.
const DENIED =
  /(?:[,;]\s*|\s+)(?:(?:and|y|e|but|pero)\s+)?(?:not|no|rather than|instead of|en vez de|en lugar de)\s[^,;.]*/g

function base(lower: string): Value<'discount-base'> {
  for (const words of [lower.replace(DENIED, ' '), lower]) {
    if (MARGINAL.test(words)) return { base: 'marginal' }
    if (WHOLE_VOLUME.test(words)) return { base: 'whole-volume' }
  }
  return undefined
}

function trigger(text: string, lower: string, { decimalMark }: RuleHabits): Value<'review-trigger'> {
  const before = /((?:\w+\s+){1,3})(?:consecutive|consecutiv[oa]s|successive|seguid[oa]s|in a row)\b/.exec(lower)?.[1]
  const counts = (before ?? '').split(/\s+/).map((word) => parseDuration(`${word} months`, decimalMark)?.amount)
  const consecutive = counts.find((count) => count !== undefined && /^\d+$/.test(count))
  return consecutive ? { when: text, consecutive: Number(consecutive) } : { when: text }
}

function holders(lower: string): Value<'holder-rule'> {
  const people = lower.search(/\b(people|persons?|individuals?|personas?)\b/)
  const certificates = lower.search(/\b(certificates|certifications|certificados|certificaciones)\b/)
  if (people >= 0 && (certificates < 0 || people < certificates)) return { counts: 'people' }
  return certificates >= 0 ? { counts: 'certificates' } : undefined
}

const dated = (text: string): string | undefined => {
  const date = parseDate(text)
  return date?.precision === 'day' ? date.date : undefined
}
const optional = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  value === undefined ? {} : ({ [key]: value } as { [P in K]?: V })

const readers: Readers = {
  currency: (text) => optional('currency', currencyIn(text)),
  'exchange-rate': (text) => ({ source: text }),
  'time-zone': (text, lower) => ({ zone: zoneIn(text, lower) ?? text }),
  calendar,
  tax: (_, lower) => optional('included', included(lower)),
  'eligible-spend': eligible,
  'discount-base': (_, lower) => base(lower),
  shortfall,
  'carry-over': (_, lower) => optional('surplus', surplusCarries(lower)),
  rate: (text, _, habits) => rates(text, habits),
  'price-included': (text) => ({ in: text }),
  'scope-note': (text) => ({ note: text }),
  'estimate-basis': (text, lower) => ({
    ...optional(
      'binding',
      /\b(not binding|non-?binding|indicative|planning|guidance|information\w*|forecasts?|only|no (son )?vinculantes?|referencial\w*|indicativ\w*|orientativ\w*|planificacion)\b/.test(
        lower,
      )
        ? false
        : /\b(binding|vinculantes?)\b/.test(lower)
          ? true
          : undefined,
    ),
    basis: text,
  }),
  'credit-ladder': (text) => ladderOf(text),
  'review-trigger': trigger,
  measurement,
  accountable: (text, _, { parties }) => {
    const side = parseSide(text, parties)
    return side === 'partner' || side === 'provider' ? { side } : undefined
  },
  'start-event': (text) => ({ event: text, ...optional('date', dated(text)) }),
  'target-date': (text) => optional('date', dated(text)),
  frequency: (text) => {
    const known = parseFrequency(text.replace(/^.*?\b(?:means|is|significa|es|quiere decir)\b/i, ''))
    return known && !known.meanings ? { times: known.times, per: known.per } : undefined
  },
  'fund-period': (_, lower) => fundPer(lower),
  'claim-rules': claims,
  'initiative-date': (text) => optional('date', dated(text)),
  renewal,
  notice: (text) => ({ notice: text }),
  'residency-scope': (text) => ({ covers: text }),
  consent: (text) => ({ by: text }),
  'exit-cost': (text) => ({ paidBy: text }),
  'deletion-proof': (text) => ({ proof: text }),
  escalation: (text) => ({ path: text }),
  'evidence-source': (text) => ({ source: text }),
  'composite-note': (text) => ({ note: text }),
  'reconciliation-note': (text) => ({ note: text }),
  'standard-scope': (text) => ({ scope: text, ...optional('validUntil', dated(text)) }),
  'holder-rule': (_, lower) => holders(lower),
}
