import type { Rule, Topic } from '../../agreement/index.ts'
import type { CheckContext } from '../room.ts'
import {
  type Contradiction,
  descriptionsDiffer,
  durationsDiffer,
  laddersDiffer,
  perYear,
  sidesDiffer,
  windowsDiffer,
} from './check-compare.ts'

type Differ = (a: never, b: never, context: CheckContext) => boolean

const exactly: Differ = (a: unknown, b: unknown) => a !== b
const numerically: Differ = (a: string, b: string) => Number(a) !== Number(b)
const zones: Differ = (a: string, b: string) => [a, b].every((zone) => /\/|^UTC/i.test(zone)) && a !== b
const lengths: Differ = (a: string, b: string) => durationsDiffer(a, b)
const windows: Differ = (a: string, b: string) => windowsDiffer(a, b)
const sides: Differ = (a: string, b: string, { agreement }) => sidesDiffer(a, b, agreement.parties)
const ladders: Differ = (a: [], b: []) => laddersDiffer(a, b)
const descriptions: Differ = (a: string, b: string, { agreement }) => descriptionsDiffer(a, b, agreement.language)

/** How each field of a topic's value is compared; a field that is not here is free text, and two wordings of it may both be right. */
const FIELDS: Partial<Record<Topic, Record<string, Differ>>> = {
  currency: { currency: exactly },
  'exchange-rate': { source: descriptions },
  'time-zone': { zone: zones },
  calendar: { year: exactly },
  tax: { included: exactly },
  'eligible-spend': { marketplaceCap: numerically },
  'discount-base': { base: exactly },
  shortfall: { rule: exactly, percentage: numerically, carryOver: exactly, dueDays: exactly },
  'carry-over': { surplus: exactly },
  'estimate-basis': { binding: exactly },
  'credit-ladder': { bands: ladders, window: windows },
  'review-trigger': { consecutive: exactly },
  measurement: {
    formula: descriptions,
    window: windows,
    exclusions: descriptions,
    source: descriptions,
    intervalSeconds: exactly,
    maintenanceHours: exactly,
  },
  accountable: { side: exactly },
  'start-event': { event: descriptions, date: exactly },
  'target-date': { date: exactly },
  'fund-period': { per: exactly },
  'initiative-date': { date: exactly },
  renewal: { renews: exactly, notice: lengths },
  notice: { notice: lengths },
  consent: { by: sides },
  'exit-cost': { paidBy: sides },
  'evidence-source': { source: descriptions },
  'standard-scope': { validUntil: exactly },
  'holder-rule': { counts: exactly },
}

/** Rules of the text that reach what an entry reaches and say something else. */
export function againstRules(entry: Rule, context: CheckContext): Contradiction[] {
  return context.rules.all(entry.topic).flatMap((rule): Contradiction[] => {
    if (rule.from !== 'text' || !covers(rule, entry) || !differ(rule, entry, context)) return []
    return [{ words: rule.statement, span: rule.span }]
  })
}

// A rule for one clause is an exception to an entry for all of them; the other way round the entry would override the text.
function covers(rule: Rule, entry: Rule): boolean {
  return rule.clause === undefined || rule.clause === entry.clause || rule.clause === entry.clause?.split('/')[0]
}

function differ(rule: Rule, entry: Rule, context: CheckContext): boolean {
  const [stated, said] = [rule.value ?? {}, entry.value ?? {}] as Record<string, unknown>[]
  if (!stated || !said) return false
  if (entry.topic === 'frequency')
    return 'times' in stated && 'per' in stated && perYear(stated as never) !== perYear(said as never)
  return Object.entries(FIELDS[entry.topic] ?? {}).some(
    ([field, compare]) =>
      stated[field] !== undefined &&
      said[field] !== undefined &&
      compare(stated[field] as never, said[field] as never, context),
  )
}
