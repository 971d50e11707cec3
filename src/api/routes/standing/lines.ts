import type { z } from 'zod'
import { clauseRooms } from '../../../clauses/registry.ts'
import type { Family, Verdict } from '../../../clauses/room.ts'
import type { View } from '../../../desk/index.ts'
import { daysBetween, type IsoDate, type Speaker, stated } from '../../../language/index.ts'
import { measureSides } from '../../../reports/index.ts'
import type { Standing, StandingLine } from '../../../standing/index.ts'
import type { clauseLine } from '../../shapes.ts'
import { spanShape } from '../../shown.ts'

/** A clause with its standing, as the interface gives it. */
export type ClauseLine = z.output<typeof clauseLine>

const FAMILY = new Map(clauseRooms.map((room) => [room.id, room.family]))
// Who acts on a family's clauses when nobody else was named.
const OWNER: Record<Family, string> = {
  commercial: 'finance',
  service: 'operations',
  programme: 'director',
  governance: 'director',
  compliance: 'compliance',
  terms: 'director',
}

/** The family of a kind; what nobody could read counts to the terms. */
export function familyOf(kind: string): Family {
  return FAMILY.get(kind) ?? 'terms'
}

/** The role that has to act on a clause of a kind. */
export function ownerOf(kind: string): string {
  return OWNER[familyOf(kind)]
}

/** Verdicts of each clause at the standings of a trend. */
export function trendsOf(trend: readonly Standing[]): ReadonlyMap<string, ClauseLine['trend']> {
  const byClause = new Map<string, { on: string; verdict: Verdict }[]>()
  for (const { asOf, lines } of trend)
    for (const { clause, judgement } of lines) {
      const points = byClause.get(clause.id)
      const point = { on: asOf, verdict: judgement.verdict }
      if (points) points.push(point)
      else byClause.set(clause.id, [point])
    }
  return byClause
}

/** One line of a view in a language. */
export function lineShape(
  { clause, judgement }: StandingLine,
  view: View,
  trends: ReadonlyMap<string, ClauseLine['trend']>,
  speak: Speaker,
): ClauseLine {
  const { measure, forecast, moneyAtStake } = judgement
  return {
    id: clause.id,
    kind: clause.kind,
    kindText: speak.word(`kind.${clause.kind}`),
    family: familyOf(clause.kind),
    title: clause.title,
    section: clause.section,
    force: clause.force,
    obligor: clause.obligor,
    beneficiary: clause.beneficiary,
    verdict: judgement.verdict,
    lifecycle: judgement.lifecycle,
    measure: measure ? { ...measure, ...measureSides(measure, speak) } : null,
    grade: judgement.grade,
    moneyAtStake: moneyAtStake ? stated(moneyAtStake) : null,
    forecast: forecast ? { ...forecast, text: textOf(forecast, speak) } : null,
    reason: speak.say(judgement.reason),
    nextDate: judgement.nextDate,
    evidenceAge: ageOf(clause.id, view),
    owner: ownerOf(clause.kind),
    trend: trends.get(clause.id) ?? [],
    span: spanShape(clause.span),
  }
}

function textOf({ mid, unit }: { mid: string; unit: string }, speak: Speaker): string {
  return measureSides({ value: mid, target: mid, unit }, speak).valueText
}

function ageOf(id: string, { needs, asOf }: View): number | null {
  const own = needs.find((each) => each.clause.id === id)
  if (!own || own.used === 0) return null
  const newest = own.needs
    .map(({ state }) => state.through)
    .filter((through): through is IsoDate => through !== null)
    .sort()
    .at(-1)
  return newest === undefined ? null : Math.max(0, daysBetween(newest, asOf))
}
