import { z } from 'zod'
import { asCsv, contract, dates, listOf, pageOf, paging } from '../../route.ts'
import { family, finding, problem, span, verdict } from '../../shapes.ts'

const cell = z.object({ text: z.string(), span })

/** A piece of the document as it is shown: a heading, a paragraph, a list entry, a table. */
const block = z
  .object({
    type: z.enum(['heading', 'paragraph', 'item', 'table', 'code', 'quote', 'rule']),
    depth: z.number().int().optional(),
    text: z.string().optional(),
    span,
    header: z.array(cell).optional(),
    rows: z.array(z.array(cell)).optional(),
  })
  .meta({ id: 'Block' })

/** A change that an amendment makes, as a redline shows it. */
export const redline = z
  .object({
    clause: z.string(),
    title: z.string(),
    term: z.string().nullable(),
    before: z.string().nullable(),
    after: z.string().nullable(),
    outcome: z.string(),
    outcomeText: z.string(),
    favours: z.string().nullable(),
    span: span.nullable(),
  })
  .meta({ id: 'Redline' })

/** The document itself with what is said of it. */
export const agreementContracts = {
  getAgreement: contract({
    id: 'getAgreement',
    method: 'GET',
    path: '/agreement',
    summary: 'The document, its clauses with their verdicts, and its findings',
    allows: 'staff',
    query: dates,
    answer: z
      .object({
        id: z.string(),
        title: z.string(),
        language: z.enum(['en', 'es']),
        file: z.string(),
        asOf: z.string(),
        blocks: z.array(block),
        clauses: z.array(
          z.object({
            id: z.string(),
            kind: z.string(),
            title: z.string(),
            family,
            verdict,
            counted: z.boolean(),
            span,
            amendedBy: z.array(z.string()),
          }),
        ),
        findings: z.array(finding),
      })
      .meta({ id: 'AgreementDocument' }),
  }),
  listFindings: contract({
    id: 'listFindings',
    method: 'GET',
    path: '/findings',
    summary: 'What contradicts, is missing or does not add up',
    allows: 'staff',
    query: dates
      .extend(paging.shape)
      .extend(asCsv.shape)
      .extend({
        severity: listOf('severities'),
        family: listOf('families of checks'),
        confidence: listOf('confidences'),
        clause: z.string().max(500).optional(),
        text: z.string().max(200).optional(),
        sort: z.enum(['severity', 'place', 'code', 'money']).optional(),
        order: z.enum(['asc', 'desc']).optional(),
      }),
    answer: pageOf(finding).extend({
      summary: z.object({ error: z.number().int(), warning: z.number().int(), info: z.number().int() }),
    }),
    csv: true,
  }),
  listVersions: contract({
    id: 'listVersions',
    method: 'GET',
    path: '/agreement/versions',
    summary: 'The text and its amendments on a timeline, each with its redline',
    allows: 'staff',
    query: dates,
    answer: z
      .object({
        versions: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            effective: z.string().nullable(),
            recorded: z.string().nullable(),
            signedOn: z.string().nullable(),
            signedBy: z.array(z.string()),
            state: z.enum(['text', 'in-force', 'pending', 'unsigned', 'unknown-yet']),
            changes: z.array(redline),
          }),
        ),
      })
      .meta({ id: 'Versions' }),
  }),
}

/** What a draft amendment would do. */
export const draftEffect = z
  .object({
    problems: z.array(problem),
    /** Findings that the draft brings and those it settles. */
    added: z.array(finding),
    settled: z.array(finding),
    redlines: z.array(redline),
    standing: z.array(
      z.object({
        clause: z.string(),
        title: z.string(),
        before: verdict.nullable(),
        after: verdict.nullable(),
        reason: z.string(),
      }),
    ),
  })
  .meta({ id: 'DraftEffect' })
