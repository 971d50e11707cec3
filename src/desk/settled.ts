import {
  type Agreement,
  consolidate,
  type OpenedAgreement,
  type ReadingContext,
  RuleBook,
  type Supplement,
  withCurrency,
} from '../agreement/index.ts'
import { clauseRooms } from '../clauses/registry.ts'
import type { EvidenceFact } from '../evidence/index.ts'
import type { IsoDate } from '../language/index.ts'
import type { StandingInput } from '../standing/index.ts'

/** An agreement that could be read, as it stands on a day: consolidated, with its currency settled. */
export type SettledAgreement = OpenedAgreement & { agreement: Agreement }

/** The agreement of a day: amendments known by `knownAt` and effective by `asOf` are carried out. */
export function settledAgreement(
  opened: SettledAgreement,
  context: ReadingContext,
  asOf: IsoDate,
  knownAt: IsoDate,
): Agreement {
  // The currency is settled first: an amendment quotes the text as the parties read it.
  const text = settled(opened.agreement, opened)
  return settled(consolidate(text, opened.amendments, asOf, knownAt, context.kinds), opened)
}

/** An agreement whose bare signs have the currency that the supplement settles; the check for disagreement sees both. */
export function settled(agreement: Agreement, opened: Pick<OpenedAgreement, 'supplement'>): Agreement {
  const rule = opened.supplement?.rules.find((each) => each.topic === 'currency' && each.clause === undefined)
  const currency = (rule?.value as { currency?: string } | undefined)?.currency
  return currency ? withCurrency(agreement, currency) : agreement
}

/** Everything that standing is a function of; `recorded` is what the ledger knows, `more` evidence from elsewhere. */
export function standingInput(
  opened: SettledAgreement,
  context: ReadingContext,
  dates: { asOf: IsoDate; knownAt: IsoDate },
  recorded: readonly EvidenceFact[],
  more: readonly EvidenceFact[] = [],
): StandingInput {
  const { agreement } = opened
  const supplement = withWaivers(opened.supplement, recorded)
  return {
    agreement,
    rules: new RuleBook(agreement, supplement),
    facts: context.facts,
    rooms: clauseRooms,
    // A waiver excuses; that it was given proves nothing of what happened.
    evidence: [...recorded.filter((fact) => fact.dataset !== 'waivers'), ...more],
    ...dates,
    ...(supplement ? { supplement } : {}),
  }
}

/** A supplement with the waivers that the ledger knows besides. */
function withWaivers(supplement: Supplement | undefined, recorded: readonly EvidenceFact[]): Supplement | undefined {
  const waivers = recorded
    .filter((fact) => fact.dataset === 'waivers')
    .map(({ values }) => ({
      clause: String(values.clause),
      reason: String(values.reason),
      approvedBy: String(values.approvedBy),
      until: String(values.until),
      span: { file: 'convenio waive', line: 1, column: 1, endLine: 1, endColumn: 1 },
    }))
  if (waivers.length === 0) return supplement
  const own = supplement ?? { file: 'convenio waive', lines: [], rules: [], waivers: [] }
  return { ...own, waivers: [...waivers, ...own.waivers] }
}
