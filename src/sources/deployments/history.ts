import type { EvidenceFact } from '../../evidence/index.ts'
import type { IsoDate } from '../../language/index.ts'
import { derivedFrom } from '../derived.ts'

type Values = EvidenceFact['values']

const FEATURES = [
  { field: 'workforceManagement', subject: 'Workforce Management' },
  { field: 'qualityManagement', subject: 'Quality Management' },
] as const

/** DEP-7 to DEP-10: deployments as clauses count them, from the inventories that stand. */
export function derive(facts: readonly EvidenceFact[]): EvidenceFact[] {
  const lists = listsOf(facts.filter((fact) => fact.dataset === 'inventory'))
  const wholes = lists.filter((list) => list.isComplete)
  const names = [...new Set(lists.flatMap((list) => list.facts.map((fact) => String(fact.values.instance))))]
  const changes = names.flatMap((name) => historyOf(name, lists))
  return [...wholes.flatMap(countOf), ...changes]
}

/** The inventory of one day. */
interface List {
  day: IsoDate
  isComplete: boolean
  facts: EvidenceFact[]
}

/** Of several inventories of one day the last export stands; rows that only an earlier one has are no longer on it. */
function listsOf(facts: readonly EvidenceFact[]): List[] {
  const days = new Map<IsoDate, EvidenceFact[]>()
  for (const fact of facts) days.set(fact.to, [...(days.get(fact.to) ?? []), fact])
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, all]) => {
      const last = all
        .map((fact) => String(fact.values.exportedAt))
        .sort()
        .at(-1)
      const newest = all.filter((fact) => fact.values.exportedAt === last)
      const isComplete = newest.every((fact) => fact.values.complete === true)
      return { day, isComplete, facts: isComplete ? newest : all }
    })
}

/** DEP-7: how many were live on the day of a complete inventory. */
function countOf({ day, facts }: List): EvidenceFact[] {
  const live = facts.filter((fact) => fact.values.status === 'live')
  const values = { live: String(live.length), listed: String(facts.length), complete: true }
  return [madeOf(facts, values, day)]
}

/** DEP-8 to DEP-10: one fact for each change of a deployment's state, and of the use of a feature. */
function historyOf(instance: string, lists: readonly List[]): EvidenceFact[] {
  const story = new Story(instance)
  let seen: EvidenceFact | undefined
  for (const list of lists) {
    const { day, facts, isComplete } = list
    const fact = facts.find((each) => each.values.instance === instance)
    if (fact) {
      seen = fact
      const status = String(fact.values.status)
      const on = dayOfChange(fact, status, day)
      story.tell({ fact, status, on, list })
      for (const { field, subject } of FEATURES) {
        if (status === 'live' && fact.values[field] === true) story.tell({ fact, status, on: day, list, subject })
        else if (story.isLive(subject))
          story.tell({ fact, status: 'ended', on: status === 'ended' ? on : day, list, subject })
      }
    } else if (isComplete && seen) {
      for (const subject of ['', ...FEATURES.map((each) => each.subject)])
        if (story.isLive(subject)) story.tell({ fact: seen, status: 'ended', on: day, list, subject })
    }
  }
  return story.facts
}

class Story {
  readonly facts: EvidenceFact[] = []
  private readonly instance: string
  private readonly last = new Map<string, { status: string; on: IsoDate }>()

  constructor(instance: string) {
    this.instance = instance
  }

  isLive(subject: string): boolean {
    return this.last.get(subject)?.status === 'live'
  }

  /** Adds a change, if it is one. What the inventory dates before the change last told is dated by the inventory's own day. */
  tell(given: { fact: EvidenceFact; status: string; on: IsoDate; list: List; subject?: string }): void {
    const { fact, status, list, subject = '' } = given
    const before = this.last.get(subject)
    if (before?.status === status) return
    const on = before && given.on < before.on ? list.day : given.on
    this.last.set(subject, { status, on })
    const { deployment, customer, account, region } = fact.values
    const values = {
      ...valuesOf({ deployment, instance: this.instance, customer, account, region }),
      ...(subject === '' ? {} : { subject }),
      ...(list.isComplete ? { complete: true } : {}),
      status,
    }
    this.facts.push(madeOf([fact], values, on))
  }
}

function valuesOf(given: Record<string, Values[string] | undefined>): Values {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, Values[string]] => entry[1] !== undefined),
  )
}

function dayOfChange({ values }: EvidenceFact, status: string, day: IsoDate): IsoDate {
  const stated = status === 'live' ? values.liveFrom : status === 'ended' ? values.liveTo : undefined
  return typeof stated === 'string' && stated <= day ? stated : day
}

function madeOf(facts: readonly EvidenceFact[], values: Values, on: IsoDate): EvidenceFact {
  return derivedFrom(facts, { dataset: 'deployments', from: on, to: on, values })
}
