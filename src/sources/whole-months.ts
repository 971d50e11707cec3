import type { EvidenceFact } from '../evidence/index.ts'
import { addDays, addDuration, type IsoDate } from '../language/index.ts'
import { derivedFrom } from './derived.ts'
import type { ReadFact } from './room.ts'

/** A month of which a list holds everything. Bounds are both inclusive. */
export interface WholeMonth {
  from: IsoDate
  to: IsoDate
}

/** The one year that a file's own name speaks of, when it names no month besides: `activities-2024.csv` is the list of 2024. */
export function yearInName(name: string): string | undefined {
  const own = name.split('/').at(-1) ?? ''
  const years = [...own.matchAll(/(?<!\d)(?:19|20)\d{2}(?!\d)/g)].map(([year]) => year)
  const [year] = years
  if (year === undefined || years.length > 1 || /(?<!\d)\d{4}[-_.]?(?:0[1-9]|1[0-2])(?!\d)/.test(own)) return undefined
  return year
}

/** The last day of the month that a file's own name speaks of: `ace-2024-01.json` is the state at the end of January. */
export function monthEndInName(name: string): IsoDate | undefined {
  const own = name.split('/').at(-1) ?? ''
  const months = [...own.matchAll(/(?<!\d)((?:19|20)\d{2})[-_]?(0[1-9]|1[0-2])(?!\d)(?![-_]\d)/g)]
  const [month] = months
  return month && months.length === 1 ? monthEnd(`${month[1]}-${month[2]}-01`) : undefined
}

function monthEnd(first: IsoDate): IsoDate {
  return addDays(addDuration(first, { amount: '1', unit: 'month' }), -1)
}

/**
 * The months of a year's list that hold everything: the whole year once it was over when the list was received, else the months
 * before the last one that the list is known to have reached. None from the month of `open` on, the first day that still awaits its outcome.
 */
export function wholeMonths(
  year: string,
  known: { reached: IsoDate | undefined; open: IsoDate | undefined; receivedAt: IsoDate },
): WholeMonth[] {
  const { reached, open, receivedAt } = known
  const over = receivedAt > `${year}-12-31`
  return Array.from({ length: 12 }, (_, at) => `${year}-${String(at + 1).padStart(2, '0')}-01`)
    .map((from) => ({ from, to: monthEnd(from) }))
    .filter(({ to }) => (over || (reached !== undefined && to < reached)) && (open === undefined || to < open))
}

/** What a list says of the months of which it holds everything, in a dataset of its own, as it names nothing that could count. */
export function wholeMonthFacts(dataset: string, months: readonly WholeMonth[], owner: string): ReadFact[] {
  return months.map(({ from, to }) => ({
    dataset,
    key: from.slice(0, 7),
    version: '',
    from,
    to,
    values: { list: 'whole' },
    owner,
  }))
}

/**
 * For everything that a dataset names in `field`, the times of which its list holds everything: what is not in it then did not happen.
 * `months` are facts of whole months, `facts` those of the dataset.
 */
export function wholeTimes(
  months: readonly EvidenceFact[],
  facts: readonly EvidenceFact[],
  field: string,
): EvidenceFact[] {
  const times: EvidenceFact[][] = []
  for (const month of [...months].sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = times.at(-1)
    const before = last?.at(-1)
    if (before && addDays(before.to, 1) >= month.from) last?.push(month)
    else times.push([month])
  }
  const names = new Map(facts.map(({ values, dataset }) => [String(values[field] ?? ''), dataset]))
  names.delete('')
  return times.flatMap((time) => {
    const [from, to] = [time[0]?.from ?? '', time.at(-1)?.to ?? '']
    return [...names]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, dataset]) => derivedFrom(time, { dataset, from, to, values: { [field]: name, complete: true } }))
  })
}
