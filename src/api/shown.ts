import type { z } from 'zod'
import { type AmendmentChange, type Clause, favouredByAmendment } from '../agreement/index.ts'
import type { Finding, FindingPage } from '../checks/room.ts'
import { clauseRooms } from '../clauses/registry.ts'
import { type Problem, type Span, type Speaker, stated } from '../language/index.ts'
import { showTerm } from '../reports/index.ts'
import type { redline } from './routes/agreement/contract.ts'
import type { finding, problem, span } from './shapes.ts'

const BALANCE = Object.fromEntries(clauseRooms.map((room) => [room.id, room.favours]))

const SIDE = { payer: 'partner', provider: 'provider', neutral: null } as const

/** The last part of a path: where the machine keeps its files is nobody's business outside of it. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

/** A place as answers tell it. */
export function spanShape({ file, line, column, endLine, endColumn }: Span): z.output<typeof span> {
  return { file: fileName(file), line, column, endLine, endColumn }
}

/** What is said of clauses whose kinds one may see; a finding on another is not shown either. */
export function seenBy<T extends { clause: string | null }>(
  kinds: '*' | readonly string[],
  findings: readonly T[],
): T[] {
  if (kinds === '*') return [...findings]
  return findings.filter(({ clause }) => clause === null || kinds.includes(clause.split('/')[0] ?? ''))
}

/** A finding as answers tell it, with the words of its page. */
export function findingShape(
  { code, params, ...given }: Finding,
  pages: Record<string, FindingPage>,
  speak: Speaker,
): z.output<typeof finding> {
  const { rule, severity, confidence, clause, money, fingerprint, waived } = given
  return {
    ...{ code, rule, severity, confidence, clause, fingerprint },
    title: speak.word(`${code}.title`),
    family: code.split('/')[0] as string,
    message: speak.say({ id: code, params }),
    explain: pages[code]?.explain[speak.language] ?? '',
    fix: speak.say({ id: `${code}.fix`, params }),
    money: money ? amountShape(money) : null,
    primary: spanShape(given.primary),
    related: given.related.map((each) => ({
      span: spanShape(each.span),
      label: speak.say({ id: each.label, params: each.params }),
    })),
    waived: waived ? { by: waived.by, reason: waived.reason, until: waived.until } : null,
  }
}

/** A fault of an input as answers tell it. */
export function problemShape({ code, where, message, fix }: Problem, speak: Speaker): z.output<typeof problem> {
  return { code, message: speak.say(message), fix: fix ? speak.say(fix) : null, where: spanShape(where) }
}

/** A change of an amendment as a redline shows it; `clause` is the one it changes, as it stood before. */
export function redlineShape(
  change: AmendmentChange,
  clause: Clause | undefined,
  speak: Speaker,
): z.output<typeof redline> {
  const { adds, ends, outcome, term } = change
  const current = (clause?.terms as Record<string, unknown> | undefined)?.[term ?? '']
  const shown = (value: unknown) => (value === undefined ? null : showTerm(value, speak))
  return {
    clause: change.clause,
    title: adds?.title ?? clause?.title ?? change.clause,
    term: term ?? null,
    before: ends ? (clause?.title ?? change.clause) : shown(change.found ?? change.was ?? current),
    after: adds ? `${adds.title}: ${showTerm(adds.terms, speak)}` : ends ? null : shown(change.becomes),
    outcome,
    outcomeText: speak.word(`api.outcome.${outcome}`),
    favours: SIDE[favouredByAmendment(change, clause, BALANCE)],
    span: spanShape(change.span),
  }
}

function amountShape(money: NonNullable<Finding['money']>): { amount: string; currency: string } {
  const { amount, currency } = stated(money)
  return { amount, currency }
}
