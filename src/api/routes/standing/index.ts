import { findingPages } from '../../../checks/registry.ts'
import { clauseRooms } from '../../../clauses/registry.ts'
import { standingChanges, type View } from '../../../desk/index.ts'
import { recordWaiver } from '../../../desk/waive.ts'
import { actorOf } from '../../../identity/index.ts'
import { addDays, message, type Speaker, type TraceNode } from '../../../language/index.ts'
import { showTerm, traceAsJson } from '../../../reports/index.ts'
import type { StandingLine } from '../../../standing/index.ts'
import { type Asked, type BoundRoute, bound, whoOf } from '../../asked.ts'
import { pageOfList } from '../../pages-of.ts'
import { Refused } from '../../refused.ts'
import type { TraceShape } from '../../shapes.ts'
import { findingShape, seenBy, spanShape } from '../../shown.ts'
import { standingContracts } from './contract.ts'
import { decisionsOf } from './decisions.ts'
import { lineShape, trendsOf } from './lines.ts'
import { chosen, clausesAsCsv } from './list.ts'
import { tilesOf } from './tiles.ts'

const TREND_MONTHS = 6

/** The view of whoever asks on the days asked about. */
export function viewOf(asked: Asked): Promise<View> {
  return asked.services.desk.view(whoOf(asked).scope, asked.dates)
}

async function linesOf(asked: Asked) {
  const view = await viewOf(asked)
  const trend = await asked.services.desk.trend(whoOf(asked).scope, asked.dates, TREND_MONTHS)
  const trends = trendsOf(trend)
  return { view, lines: view.standing.lines.map((line) => lineShape(line, view, trends, asked.speak)) }
}

async function lineOf(
  asked: Asked<{ kind: string; name: string }, unknown>,
): Promise<{ view: View; line: StandingLine }> {
  const id = `${asked.params.kind}/${asked.params.name}`
  const view = await viewOf(asked)
  const line = view.standing.lines.find(({ clause }) => clause.id === id)
  if (!line) throw new Refused(404, 'no-such-clause', { params: { clause: id } })
  return { view, line }
}

function summaryOf({ standing: { summary } }: View) {
  const { met, breached, undetermined, waived } = summary
  return { met, atRisk: summary['at-risk'], breached, notDue: summary['not-due'], undetermined, waived }
}

const getOverview = bound(standingContracts.getOverview, async (asked) => {
  const { services, dates, speak, query } = asked
  const who = whoOf(asked)
  const view = await viewOf(asked)
  const { standing } = view
  const since = query.since ?? addDays(dates.asOf, -7)
  const before = await services.desk.view(who.scope, { asOf: since, knownAt: dates.knownAt })
  const findings = who.customer ? [] : seenBy(who.scope.kinds, await services.desk.findings(dates))
  const summary = summaryOf(view)
  const counted = Object.values(summary).reduce((sum, each) => sum + each, 0)
  // What the document says of itself is no evidence that anybody brought.
  const through = view.evidence.length === 0 ? null : standing.evidenceThrough
  const sentence = speak.say(
    message(through === null ? 'overview.sentence-bare' : 'overview.sentence', {
      ...summary,
      total: counted,
      date: through === null ? '' : { date: through },
    }),
  )
  return {
    agreement: { id: standing.agreement.id, title: standing.agreement.title },
    asOf: dates.asOf,
    knownAt: dates.knownAt,
    evidenceThrough: standing.evidenceThrough,
    term: standing.term ? { start: standing.term.start, end: addDays(standing.term.end, -1) } : null,
    sentence,
    counted,
    summary,
    since,
    changes: standingChanges(before.standing, standing).map((each) => ({ ...each, reason: speak.say(each.reason) })),
    // What is to be decided is the partner's business; a customer's user sees what was promised to them.
    decisions: who.customer ? [] : decisionsOf(view, findings, speak),
    tiles: tilesOf(view, findings, speak),
  }
})

const listClauses = bound(standingContracts.listClauses, async (asked) => {
  const { view, lines } = await linesOf(asked)
  const found = chosen(lines, asked.query)
  if (asked.query.format === 'csv') return clausesAsCsv(found, view.asOf)
  return { ...pageOfList(found, asked.query), asOf: view.asOf, knownAt: view.knownAt, summary: summaryOf(view) }
})

const getClause = bound(standingContracts.getClause, async (asked) => {
  const { view, line } = await lineOf(asked)
  const { services, dates, speak } = asked
  const who = whoOf(asked)
  const trends = trendsOf(await services.desk.trend(who.scope, dates, TREND_MONTHS))
  const { clause } = line
  const needs = view.needs.find((each) => each.clause.id === clause.id)
  const findings = who.customer ? [] : await services.desk.findings(dates)
  const pages = findingPages()
  const waiver = view.input.supplement?.waivers.find(
    (each) => each.clause === clause.id && (each.until ?? '') >= view.asOf,
  )
  return {
    ...lineShape(line, view, trends, speak),
    words: wordsAt(view, line),
    terms: termsOf(line, speak),
    amendedBy: clause.amendedBy ?? [],
    needs: (needs?.needs ?? needsBy(line)).map(({ dataset, fields, how }) => {
      const state = view.states.find((each) => each.dataset === dataset)
      return {
        dataset,
        datasetText: speak.word(`dataset.${dataset}`),
        fields,
        how: speak.word(how),
        facts: state?.facts ?? 0,
        from: state?.from ?? null,
        through: state?.through ?? null,
        grade: state?.grade ?? null,
      }
    }),
    missing: [...new Set((needs?.missing ?? []).map((said) => speak.say(said)))],
    findings: findings.filter((each) => each.clause === clause.id).map((each) => findingShape(each, pages, speak)),
    waiver: waiver ? { by: waiver.approvedBy ?? '', reason: waiver.reason ?? '', until: waiver.until ?? '' } : null,
  }
})

// Statements and estimates are in no list of needs, but their rooms know what would prove them.
function needsBy({ clause }: StandingLine) {
  const room = clauseRooms.find((each) => each.id === clause.kind)
  return room ? (room.needsOf?.(clause) ?? room.needs) : []
}

/** The agreement's own lines of a clause; at most forty. */
function wordsAt({ opened }: View, { clause: { span } }: StandingLine): { line: number; text: string }[] {
  const lines = opened.texts.get(span.file) ?? opened.agreement.lines
  const words: { line: number; text: string }[] = []
  for (let at = span.line; at <= Math.min(span.endLine, span.line + 39); at += 1)
    words.push({ line: at, text: lines[at - 1] ?? '' })
  return words
}

function termsOf({ clause }: StandingLine, speak: Speaker) {
  return Object.entries(clause.terms as Record<string, unknown>)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => {
      const span = clause.places[name]
      // The text's own heading and words say best what the term is.
      const cell = clause.cells.find((each) => each.role === name)
      const text = cell?.text || showTerm(value, speak)
      return { name, nameText: cell?.column || name, text, span: span ? spanShape(span) : null }
    })
}

const getWhy = bound(standingContracts.getWhy, async (asked) => {
  const { view, line } = await lineOf(asked)
  const trends = trendsOf([])
  return {
    clause: lineShape(line, view, trends, asked.speak),
    asOf: view.asOf,
    knownAt: view.knownAt,
    words: wordsAt(view, line),
    trace: traceShape(line.judgement.trace, asked.speak),
  }
})

function traceShape(node: TraceNode, speak: Speaker): TraceShape {
  const { children: _children, ...plain } = traceAsJson({ ...node, children: [] }, speak) as unknown as TraceShape
  return {
    ...plain,
    ...(node.value === undefined ? {} : { valueText: speak.show(node.value) }),
    ...(node.span ? { span: spanShape(node.span) } : {}),
    children: node.children.map((child) => traceShape(child, speak)),
  }
}

const getTrend = bound(standingContracts.getTrend, async (asked) => {
  const { view, line } = await lineOf(asked)
  const months = 24
  const before = await asked.services.desk.trend(whoOf(asked).scope, asked.dates, months, line.clause.kind)
  const points = [...before, view.standing].flatMap(({ asOf, lines }) => {
    const at = lines.find(({ clause }) => clause.id === line.clause.id)
    if (!at) return []
    const { verdict, measure } = at.judgement
    return [
      {
        on: asOf,
        verdict,
        value: measure?.value ?? null,
        target: measure?.target ?? null,
        unit: measure?.unit ?? null,
      },
    ]
  })
  return { points }
})

const waiveClause = bound(standingContracts.waiveClause, async (asked) => {
  const { services, body } = asked
  const who = whoOf(asked)
  const view = await services.desk.view(who.scope, { asOf: services.today(), knownAt: services.today() })
  if (!view.standing.lines.some(({ clause }) => clause.id === body.clause))
    throw new Refused(404, 'no-such-clause', { params: { clause: body.clause } })
  await recordWaiver(services.ledger.by(actorOf(who.person)), body, services.today())
  return { clause: body.clause, until: body.until }
})

/** Standing over HTTP. */
export const standingRoutes: BoundRoute[] = [getOverview, listClauses, getClause, getWhy, getTrend, waiveClause]
