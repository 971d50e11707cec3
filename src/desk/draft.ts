import { type Amendment, consolidate, readAmendment } from '../agreement/index.ts'
import type { Finding } from '../checks/room.ts'
import type { IsoDate, Problem } from '../language/index.ts'
import { type StandingChange, standingChanges } from './changes.ts'
import type { Dates, Desk } from './desk.ts'
import type { Scope } from './scope.ts'
import { type SettledAgreement, settled } from './settled.ts'

/** What a draft of an amendment would do. */
export interface DraftEffect {
  problems: Problem[]
  /** The draft as it was carried out, each change with its outcome; undefined when it could not be read. */
  amendment?: Amendment
  added: Finding[]
  settled: Finding[]
  standing: StandingChange[]
}

/** The name under which a draft's places are told. */
export const DRAFT = 'draft.yaml'

/**
 * Tries a draft: as if it had been signed and recorded by the day asked about, and in force from its own effective date, or from that
 * day when the date is still to come.
 */
export async function draftEffect(desk: Desk, scope: Scope, dates: Dates, text: string): Promise<DraftEffect> {
  const { amendment, problems } = readAmendment(text, DRAFT)
  if (!amendment) return { problems, added: [], settled: [], standing: [] }
  const tried = inForceOn(amendment, dates.asOf)
  const base = desk.settled(dates)
  const opened = withAmendment(base, tried, text, desk, dates)
  const before = await desk.findings(dates)
  const after = desk.check(opened, dates)
  const known = new Set(before.map((each) => each.fingerprint))
  const kept = new Set(after.map((each) => each.fingerprint))
  const standing = standingChanges(
    (await desk.view(scope, dates)).standing,
    await desk.standingWith(scope, dates, opened),
  )
  const carried = opened.agreement.amendments?.find((each) => each.file === DRAFT)
  return {
    problems,
    ...(carried ? { amendment: carried } : {}),
    added: after.filter((each) => !known.has(each.fingerprint)),
    settled: before.filter((each) => !kept.has(each.fingerprint)),
    standing,
  }
}

function inForceOn(amendment: Amendment, day: IsoDate): Amendment {
  const effective = amendment.effective > day ? day : amendment.effective
  const recorded = amendment.recorded > day ? day : amendment.recorded
  return { ...amendment, effective, recorded, signed: amendment.signed ?? { on: day, by: [DRAFT] } }
}

// The currency that the supplement settles is applied before, so that the draft quotes the text as the parties read it.
function withAmendment(
  base: SettledAgreement,
  amendment: Amendment,
  text: string,
  desk: Desk,
  { asOf, knownAt }: Dates,
): SettledAgreement {
  const known = knownAt < asOf ? asOf : knownAt
  const agreement = settled(consolidate(base.agreement, [amendment], asOf, known, desk.context.kinds), base)
  const texts = new Map([...base.texts, [DRAFT, text.split(/\r\n|\n|\r/)] as const])
  const amendments = [...(base.agreement.amendments ?? []), ...(agreement.amendments ?? [])]
  return { ...base, texts, agreement: { ...agreement, amendments } }
}
