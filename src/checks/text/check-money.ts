import type { Clause } from '../../agreement/index.ts'
import type { Span } from '../../language/index.ts'
import { countryOf } from '../jurisdiction.ts'
import { hitsOf } from '../passages.ts'
import type { Check, CheckContext, Draft } from '../room.ts'

interface Found {
  clause: Clause
  currency: string
  sign?: string
  at: Span
  text: string
}

/** Amounts of the clauses in their order, each with the cell that states it. Rules state rates, not amounts. */
function* amountsOf(context: CheckContext): Generator<Found> {
  for (const clause of context.agreement.clauses) {
    if (clause.kind === 'rule' || clause.kind === 'unread') continue
    for (const { currency, sign } of moneyIn(clause.terms)) {
      const cell = clause.cells.find(({ text }) => /\d/.test(text) && text.includes(sign ?? currency))
      const money =
        cell ?? clause.cells.find(({ text }) => /[$€£]\s?\d|\d\s?[$€£]|[A-Z]{3}\s?\d|\d\s?[A-Z]{3}/.test(text))
      const at = money?.span ?? clause.span
      yield { clause, currency, at, text: money?.text ?? clause.title, ...(sign ? { sign } : {}) }
    }
  }
}

function* moneyIn(value: unknown): Generator<{ currency: string; sign?: string }> {
  if (Array.isArray(value)) for (const each of value) yield* moneyIn(each)
  else if (typeof value === 'object' && value !== null) {
    const { currency, sign } = value as { currency?: unknown; sign?: unknown }
    if (typeof currency === 'string' && ('amount' in value || 'value' in value))
      yield { currency, ...(typeof sign === 'string' ? { sign } : {}) }
    else for (const each of Object.values(value)) yield* moneyIn(each)
  }
}

/** TXT-2: a sign that several currencies share and no currency said anywhere; once, at the first amount. */
export const currencyUnstated: Check = (context) => {
  if (context.rules.find('currency')) return []
  for (const { clause, currency, sign, at, text } of amountsOf(context)) {
    const shared = sign && currency === 'XXX' ? context.facts.currencyOfSign(sign)?.currencies : undefined
    if (!sign || !shared || shared.length < 2) continue
    const here = countryOf(context)
    const own = here?.country.currency
    // The country's own currency comes first: that is the reading which nobody intends and a court may take.
    const local = own !== undefined && shared.includes(own)
    const currencies = [...new Set([...(local ? [own] : []), ...shared])].slice(0, local ? 2 : 3)
    const related: NonNullable<Draft['related']> = []
    if (here && local && own !== 'USD') {
      const country = { country: here.country.code }
      related.push({ span: here.at, label: 'country', params: { country, own, sign } })
    }
    return [{ at, clause: clause.id, params: { text, sign, currencies }, related, operands: [sign] }]
  }
  return []
}

/** TXT-3: amounts in several currencies and no exchange rate; once, at the first amount of the second currency. */
export const mixedCurrencies: Check = (context) => {
  if (context.rules.find('exchange-rate')) return []
  let first: Found | undefined
  for (const found of amountsOf(context)) {
    if (found.currency === 'XXX') continue
    first ??= found
    if (found.currency === first.currency) continue
    return [
      {
        at: found.at,
        clause: found.clause.id,
        params: { first: first.currency, second: found.currency },
        related: [{ span: first.at, label: 'first', params: { currency: first.currency } }],
        operands: [first.currency, found.currency].sort(),
      },
    ]
  }
  return []
}

const GROUPED =
  /(?<![\p{L}\d.,:/-])(\d{1,3})((?:[.,]\d{3})+)(?:([.,])\d+)?(?![\d\p{L}]|[.,]\d|-[\dkK]\b|\s?%|\s(?:k|M|MM|mil|million|millones)\b)/gu
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}$/
const NUMBERED = /(?:ley|law|decreto|decree|n[°º.]|no\.|rut|r\.u\.t\.|ruc|nit|rol|v|versi[oó]n)\s*[:.]?\s*$/i

/** TXT-4: thousands grouped by points and by commas in one document; once, at the first number of the rarer style. */
export const mixedNumberFormat: Check = ({ agreement }) => {
  const styles: Record<string, { at: Span; text: string; clause?: string; count: number }> = {}
  for (const { passage, match, at } of hitsOf(agreement, GROUPED)) {
    const mark = groupMark(match, agreement.decimalMark)
    if (!mark || ADDRESS.test(match[0]) || NUMBERED.test(passage.text.slice(0, match.index))) continue
    const style = styles[mark]
    if (style) style.count += 1
    else styles[mark] = { at, text: match[0], count: 1, ...(passage.clause ? { clause: passage.clause.id } : {}) }
  }
  const own = agreement.decimalMark === '.' ? ',' : '.'
  const [usual, other] = [styles[own], styles[agreement.decimalMark]]
  if (!usual || !other) return []
  const [common, rare] = usual.count >= other.count ? [usual, other] : [other, usual]
  return [
    {
      at: rare.at,
      ...(rare.clause ? { clause: rare.clause } : {}),
      params: { rare: rare.text, common: common.text },
      related: [{ span: common.at, label: 'common', params: { text: common.text } }],
      operands: [rare.text],
    },
  ]
}

/** The mark that groups thousands in a number; undefined when it may as well separate decimals ("1.125"). */
function groupMark([, head = '', groups = '', decimals]: RegExpExecArray, decimalMark: '.' | ','): string | undefined {
  const marks = new Set(groups.replace(/\d/g, ''))
  const mark = groups[0]
  if (marks.size !== 1 || !mark || decimals === mark) return undefined
  if (groups.length > 4 || decimals !== undefined || mark !== decimalMark) return mark
  return head !== '0' && groups.endsWith('00') ? mark : undefined
}
