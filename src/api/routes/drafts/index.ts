import type { Clause } from '../../../agreement/index.ts'
import { findingPages } from '../../../checks/registry.ts'
import { draftEffect, type Scope } from '../../../desk/index.ts'
import type { Draft } from '../../../identity/index.ts'
import { type Asked, type BoundRoute, bound, type Services, whoOf } from '../../asked.ts'
import { accepted, notFound, Refused } from '../../refused.ts'
import { findingShape, problemShape, redlineShape, seenBy } from '../../shown.ts'
import { draftContracts } from './contract.ts'
import { draftForm } from './form.ts'

const listDrafts = bound(draftContracts.listDrafts, async (asked) => {
  const drafts = await asked.services.identity.drafts.list(whoOf(asked).scope.asker)
  return { items: await Promise.all(drafts.map((draft) => draftShape(draft, asked.services))) }
})

const makeDraft = bound(draftContracts.makeDraft, async (asked) => {
  const { services, body, speak } = asked
  const { title, text = formOf(asked) } = body
  const draft = await services.identity.drafts.create(whoOf(asked).person, { title, text })
  return draftShape(accepted(draft, speak), services)
})

const getDraft = bound(draftContracts.getDraft, async (asked) => {
  const { services, params } = asked
  const draft = await services.identity.drafts.byId(whoOf(asked).scope.asker, params.id)
  if (!draft) throw notFound()
  return draftShape(draft, services)
})

const saveDraft = bound(draftContracts.saveDraft, async (asked) => {
  const { services, params, body, speak } = asked
  const { version, ...said } = body
  const draft = await services.identity.drafts.save(whoOf(asked).person, params.id, version, said)
  return draftShape(accepted(draft, speak), services)
})

const removeDraft = bound(draftContracts.removeDraft, async (asked) => {
  const { services, params, speak } = asked
  accepted(await services.identity.drafts.remove(whoOf(asked).person, params.id), speak)
  return undefined
})

const tryDraft = bound(draftContracts.tryDraft, async (asked) => {
  const { services, body, dates, speak } = asked
  const { desk } = services
  const { scope } = whoOf(asked)
  const effect = await draftEffect(desk, scope, dates, body.text)
  const seen = desk.settled(dates).agreement.clauses.filter((clause) => shows(scope, clause))
  const clauses = new Map(seen.map((clause) => [clause.id, clause]))
  const pages = findingPages()
  // What the text says of a clause that one may not see is not told by changing it.
  const redlined = (effect.amendment?.changes ?? []).map(({ found, ...change }) =>
    found !== undefined && clauses.has(change.clause) ? { ...change, found } : change,
  )
  return {
    problems: effect.problems.map((each) => problemShape(each, speak)),
    added: seenBy(scope.kinds, effect.added).map((each) => findingShape(each, pages, speak)),
    settled: seenBy(scope.kinds, effect.settled).map((each) => findingShape(each, pages, speak)),
    redlines: redlined.map((each) => redlineShape(each, clauses.get(each.clause), speak)),
    standing: effect.standing.map(({ reason, ...change }) => ({ ...change, reason: speak.say(reason) })),
  }
})

function formOf(asked: Asked<unknown, unknown, { title: string; clause?: string | undefined }>): string {
  const { services, body, dates, speak } = asked
  const { scope } = whoOf(asked as Asked)
  const { clauses } = services.desk.settled(dates).agreement
  const seen = clauses.filter((clause) => shows(scope, clause))
  const clause = body.clause === undefined ? undefined : seen.find((each) => each.id === body.clause)
  if (body.clause !== undefined && !clause) {
    throw new Refused(404, 'no-such-clause', { params: { clause: body.clause } })
  }
  const example = seen.find((each) => each.force === 'obligation') ?? seen[0]
  return draftForm({ title: body.title, today: dates.asOf, clause, example }, speak)
}

function shows({ kinds }: Scope, { kind }: Clause): boolean {
  return kinds === '*' || kinds.includes(kind)
}

// Whoever may amend may know who else writes amendments; by name, which is all that is told of them.
async function draftShape({ id, title, text, person, updatedAt, version }: Draft, { identity }: Services) {
  const author = await identity.people.byId(person)
  return { id, title, text, person: author?.name ?? person, updatedAt, version }
}

/** Drafts of amendments. */
export const draftRoutes: BoundRoute[] = [...[listDrafts, makeDraft, getDraft, saveDraft, removeDraft], ...[tryDraft]]
