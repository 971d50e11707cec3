import type { EvidenceFact } from '../../evidence/index.ts'
import { addDuration, decimal, type IsoDate, lastDay } from '../../language/index.ts'
import { derivedFrom } from '../derived.ts'

/** TRN-4 to TRN-7: what was spent on each budget line in each month that the ledger covers. */
export function derive(facts: readonly EvidenceFact[]): EvidenceFact[] {
  const entries = facts.filter((fact) => fact.dataset === 'training-entries')
  const covered = coveredMonths(entries)
  const lines = new Map<string, EvidenceFact[]>()
  for (const fact of entries) {
    const line = JSON.stringify([fact.values.training, fact.values.currency])
    lines.set(line, [...(lines.get(line) ?? []), fact])
  }
  return [...lines.values()].flatMap((own) => [
    ...[...covered].map(([month, to]) => monthOf(own, entries, month, to)),
    ...own.filter((fact) => (covered.get(fact.to.slice(0, 7)) ?? '') < fact.to).map(alone),
  ])
}

/** TRN-5: nothing spent in a month that the ledger covers is nought; what it is known from is the ledger as a whole. */
function monthOf(own: readonly EvidenceFact[], all: readonly EvidenceFact[], month: string, to: IsoDate): EvidenceFact {
  const inside = own.filter((fact) => fact.to.startsWith(month) && fact.to <= to)
  const total = inside.reduce((sum, fact) => sum.plus(String(fact.values.spent)), decimal('0'))
  const { training = '', currency = '' } = own[0]?.values ?? {}
  return derivedFrom(inside.length > 0 ? inside : all, {
    dataset: 'training',
    from: `${month}-01`,
    to,
    values: { training, spent: total.toFixed(), currency },
  })
}

/** TRN-8: an entry of a time that no ledger covers as a whole speaks for its own day alone. */
function alone(fact: EvidenceFact): EvidenceFact {
  const { training = '', spent = '', currency = '' } = fact.values
  return derivedFrom([fact], {
    dataset: 'training',
    from: fact.from,
    to: fact.to,
    values: { training, spent, currency },
  })
}

/** TRN-4, TRN-6: the months that the ledgers are of, each with the last day that they cover. */
function coveredMonths(entries: readonly EvidenceFact[]): Map<string, IsoDate> {
  const ledgers = new Map<string, EvidenceFact[]>()
  for (const fact of entries) {
    if (fact.values.partial === true) continue
    const name = String(fact.values.ledger ?? `?${fact.file ?? ''}`)
    ledgers.set(name, [...(ledgers.get(name) ?? []), fact])
  }
  const covered = new Map<string, IsoDate>()
  for (const [name, facts] of ledgers) {
    const { from, to } = spanOf(name, facts)
    for (let start = from; start <= to; start = addDuration(start, { amount: '1', unit: 'month' })) {
      const end = lastDay({ start, end: addDuration(start, { amount: '1', unit: 'month' }) })
      const [until = to] = [end, to].sort()
      const before = covered.get(start.slice(0, 7))
      if (before === undefined || before < until) covered.set(start.slice(0, 7), until)
    }
  }
  return new Map([...covered].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** A ledger of a stated time covers it as a whole once it was received after its end; any other, from its first month to its last entry. */
function spanOf(name: string, facts: readonly EvidenceFact[]): { from: IsoDate; to: IsoDate } {
  const days = facts.map((fact) => fact.to).sort()
  const [first = '', last = ''] = [days[0], days.at(-1)]
  if (name.startsWith('?')) return { from: `${first.slice(0, 7)}-01`, to: last }
  const start = name.length === 4 ? `${name}-01-01` : `${name}-01`
  const end = addDuration(start, { amount: '1', unit: name.length === 4 ? 'year' : 'month' })
  const received =
    facts
      .map((fact) => fact.receivedAt)
      .sort()
      .at(-1) ?? last
  return { from: start, to: received >= end ? lastDay({ start, end }) : last }
}
