import { type Clause, parseMark } from '../../agreement/index.ts'
import { type ResponsibilityTerms, responsibility } from '../../clauses/responsibility/index.ts'
import type { Span } from '../../language/index.ts'
import { factTrace, providerOf } from '../jurisdiction.ts'
import type { Check, Draft } from '../room.ts'

type Row = Clause<ResponsibilityTerms>
type Side = 'provider' | 'partner'

/** What a side's cell says: it answers, wholly or in part; it does not; or nobody can tell. */
function share({ terms }: Row, side: Side): 'whole' | 'accountable' | 'shared' | 'none' | 'unknown' {
  const mark = terms[side]
  if (mark === 'yes') return 'whole'
  if (mark === 'accountable' || mark === 'shared') return mark
  if (mark !== undefined) return 'none'
  return (terms[`${side}Text`] ?? '').trim() === '' ? 'none' : 'unknown'
}

function placeOf(row: Row, side: Side): Span {
  return row.places[side] ?? row.places.value ?? row.span
}

// Who answers in the end, in the row's own note or in a shared cell: "Shared (WOM accountable)".
const SAYS_WHO =
  /accountable|responsible for|answers for|leads?\b|rinde cuentas|responde (?:por|de)|responsable (?:final|de|por)|a cargo/i

function saysWho({ terms }: Row): boolean {
  return [terms.note, terms.providerText, terms.partnerText].some((text) => text !== undefined && SAYS_WHO.test(text))
}

/** RSP-1: shared, and nobody accountable; one for each row. */
export const sharedResponsibility: Check = (context) =>
  context.clauses(responsibility).flatMap((row): Draft[] => {
    const shares = { provider: share(row, 'provider'), partner: share(row, 'partner') }
    const side = (['provider', 'partner'] as const).find((each) => shares[each] === 'shared')
    if (!side || Object.values(shares).includes('accountable') || saysWho(row)) return []
    if (context.rules.find('accountable', row.id)) return []
    return [{ at: placeOf(row, side), clause: row.id, params: { area: row.terms.area } }]
  })

/** RSP-2: an area that neither side answers for. A third column may hold somebody who does. */
export const nobodyResponsible: Check = (context) =>
  context.clauses(responsibility).flatMap((row): Draft[] => {
    if (share(row, 'provider') !== 'none' || share(row, 'partner') !== 'none') return []
    if (someoneElse(row) || saysWho(row) || context.rules.find('accountable', row.id)) return []
    return [
      {
        at: placeOf(row, 'provider'),
        clause: row.id,
        params: { area: row.terms.area },
        related: [{ span: placeOf(row, 'partner'), label: 'partner' }],
      },
    ]
  })

function someoneElse(row: Row): boolean {
  const known = new Set(['area', 'provider', 'partner', 'note'])
  return row.cells.slice(1).some((cell) => {
    if (known.has(cell.role ?? '') || cell.text.trim() === '') return false
    const mark = parseMark(cell.text)
    return mark === undefined || mark === 'yes' || mark === 'shared' || mark === 'accountable'
  })
}

/** RSP-3: an area that both sides answer for wholly. */
export const twoAccountable: Check = (context) =>
  context.clauses(responsibility).flatMap((row): Draft[] => {
    const [provider, partner] = [share(row, 'provider'), share(row, 'partner')]
    const both = (provider === 'whole' || provider === 'accountable') && provider === partner
    if (!both || saysWho(row) || context.rules.find('accountable', row.id)) return []
    return [
      {
        at: placeOf(row, 'partner'),
        clause: row.id,
        params: { area: row.terms.area },
        related: [{ span: placeOf(row, 'provider'), label: 'provider' }],
      },
    ]
  })

/** RSP-4: an area given wholly to the side that the provider's published model does not give it to. */
export const againstProviderModel: Check = (context) => {
  const provider = providerOf(context)
  if (!provider) return []
  return context.clauses(responsibility).flatMap((row): Draft[] => {
    const fact = context.facts.responsibilityOf(row.terms.area, provider.id, context.asOf)
    if (fact.status !== 'known' || fact.value.answers === 'shared') return []
    const [answers, other]: [Side, Side] =
      fact.value.answers === 'provider' ? ['provider', 'partner'] : ['partner', 'provider']
    const given = share(row, other)
    if (share(row, answers) !== 'none' || (given !== 'whole' && given !== 'accountable')) return []
    return [
      {
        at: placeOf(row, other),
        clause: row.id,
        params: {
          area: row.terms.area,
          provider: provider.short,
          answers: { word: `responsibility.side.${answers}` },
          given: { word: `responsibility.side.${other}` },
        },
        trace: factTrace('fact.responsibility', fact.source),
      },
    ]
  })
}
