import { z } from 'zod'
import { asCsv, contract, dates, isoDate, listOf, pageOf, paging } from '../../route.ts'
import { clauseLine, finding, money, span, summary, traceNode, verdict } from '../../shapes.ts'

const clauseParams = z.object({ kind: z.string().max(100), name: z.string().max(400) })

const change = z.object({
  clause: z.string(),
  title: z.string(),
  before: verdict.nullable(),
  after: verdict.nullable(),
  reason: z.string(),
})

/** A decision that waits for a person. */
const decision = z
  .object({
    kind: z.enum(['breach', 'finding', 'waiver-ends', 'evidence-missing', 'rejects', 'draft']),
    text: z.string(),
    detail: z.string(),
    /** The role that has to decide. */
    owner: z.string(),
    by: z.string().nullable(),
    money: money.nullable(),
    /** Where in the application it is decided, such as `/clauses/commitment/year-1`. */
    link: z.string(),
  })
  .meta({ id: 'Decision' })

/** A figure that a slice puts on the overview. */
const tile = z
  .object({
    id: z.string(),
    title: z.string(),
    value: z.string(),
    detail: z.string(),
    tone: z.enum(['good', 'warning', 'bad', 'neutral']),
    link: z.string(),
  })
  .meta({ id: 'Tile' })

/** Standing: where every clause stands, since when, why. */
export const standingContracts = {
  getOverview: contract({
    id: 'getOverview',
    method: 'GET',
    path: '/overview',
    summary: 'One sentence, what changed, decisions that wait, and the figures of each slice',
    allows: 'signed-in',
    query: dates.extend({ since: isoDate.optional().describe('changes since; a week before when absent') }),
    answer: z
      .object({
        agreement: z.object({ id: z.string(), title: z.string() }),
        asOf: z.string(),
        knownAt: z.string(),
        evidenceThrough: z.string().nullable(),
        /** The agreement's term, for the date slider; null when the text gives none. */
        term: z.object({ start: z.string(), end: z.string() }).nullable(),
        sentence: z.string(),
        counted: z.number().int(),
        summary,
        since: z.string(),
        changes: z.array(change),
        decisions: z.array(decision),
        tiles: z.array(tile),
      })
      .meta({ id: 'Overview' }),
  }),
  listClauses: contract({
    id: 'listClauses',
    method: 'GET',
    path: '/clauses',
    summary: 'Clauses with their standing, worst first',
    allows: 'signed-in',
    query: dates
      .extend(paging.shape)
      .extend(asCsv.shape)
      .extend({
        verdict: listOf('verdicts'),
        family: listOf('families'),
        kind: listOf('kinds'),
        force: listOf('forces'),
        obligor: listOf('obligors'),
        text: z.string().max(200).optional().describe('words in title, id or reason'),
        counted: z.enum(['yes', 'no']).optional().describe('only obligations and targets, or only the others'),
        sort: z
          .enum(['worst', 'title', 'verdict', 'money', 'next-date', 'family', 'age', 'place'])
          .optional()
          .describe('worst first when absent'),
        order: z.enum(['asc', 'desc']).optional(),
      }),
    answer: pageOf(clauseLine).extend({ asOf: z.string(), knownAt: z.string(), summary }),
    csv: true,
  }),
  getClause: contract({
    id: 'getClause',
    method: 'GET',
    path: '/clauses/:kind/:name',
    summary: 'One clause: words, terms, standing, findings, evidence it needs',
    allows: 'signed-in',
    params: clauseParams,
    query: dates,
    answer: clauseLine
      .extend({
        /** The agreement's own lines. */
        words: z.array(z.object({ line: z.number().int(), text: z.string() })),
        terms: z.array(z.object({ name: z.string(), nameText: z.string(), text: z.string(), span: span.nullable() })),
        amendedBy: z.array(z.string()),
        needs: z.array(
          z.object({
            dataset: z.string(),
            datasetText: z.string(),
            fields: z.array(z.string()),
            how: z.string(),
            facts: z.number().int(),
            from: z.string().nullable(),
            through: z.string().nullable(),
            grade: z.string().nullable(),
          }),
        ),
        missing: z.array(z.string()),
        findings: z.array(finding),
        waiver: z.object({ by: z.string(), reason: z.string(), until: z.string() }).nullable(),
      })
      .meta({ id: 'ClauseDetail' }),
  }),
  getWhy: contract({
    id: 'getWhy',
    method: 'GET',
    path: '/why/:kind/:name',
    summary: 'The trace of one clause: from the verdict down to words and rows',
    allows: 'signed-in',
    params: clauseParams,
    query: dates,
    answer: z
      .object({
        clause: clauseLine,
        asOf: z.string(),
        knownAt: z.string(),
        words: z.array(z.object({ line: z.number().int(), text: z.string() })),
        trace: traceNode,
      })
      .meta({ id: 'Why' }),
  }),
  getTrend: contract({
    id: 'getTrend',
    method: 'GET',
    path: '/trend/:kind/:name',
    summary: 'Verdict and measure at each month end up to the day asked about',
    allows: 'signed-in',
    params: clauseParams,
    query: dates,
    answer: z.object({
      points: z.array(
        z.object({
          on: z.string(),
          verdict,
          value: z.string().nullable(),
          target: z.string().nullable(),
          unit: z.string().nullable(),
        }),
      ),
    }),
  }),
  waiveClause: contract({
    id: 'waiveClause',
    method: 'POST',
    path: '/waivers',
    summary: 'Excuse a clause until a day, with a reason and whoever approved it',
    allows: { right: 'waive' },
    body: z.object({
      clause: z.string().min(1).max(500),
      reason: z.string().min(1).max(2000),
      approvedBy: z.string().min(1).max(200),
      until: isoDate,
    }),
    answer: z.object({ clause: z.string(), until: z.string() }),
    status: 201,
  }),
}
