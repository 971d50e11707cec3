import { z } from 'zod'
import { contract, dates, isoDate, pageOf, paging } from '../../route.ts'
import { problem, tally } from '../../shapes.ts'

const fileLine = z.object({ name: z.string(), sha256: z.string(), bytes: z.number(), tally })

const importLine = z
  .object({
    id: z.string(),
    source: z.string(),
    sourceText: z.string(),
    label: z.string(),
    receivedAt: z.string(),
    recordedAt: z.string(),
    actor: z.string(),
    tally,
    retractedAt: z.string().nullable(),
    files: z.array(fileLine).optional(),
  })
  .meta({ id: 'ImportLine' })

/** Long work: what it does at this moment and what it came to. */
export const jobShape = z
  .object({
    id: z.string(),
    kind: z.enum(['import']),
    state: z.enum(['waiting', 'running', 'done', 'failed']),
    label: z.string(),
    dryRun: z.boolean(),
    startedAt: z.string(),
    endedAt: z.string().nullable(),
    actor: z.string(),
    progress: z.object({
      source: z.string().nullable(),
      bytes: z.number(),
      bytesTotal: z.number(),
      rows: z.number(),
    }),
    result: z
      .object({
        tally,
        deliveries: z.array(
          z.object({
            import: z.string().nullable(),
            source: z.string(),
            sourceText: z.string(),
            label: z.string(),
            tally,
            refused: z.array(problem),
            notes: z.array(z.string()),
          }),
        ),
        unrecognised: z.array(z.string()),
        problems: z.array(problem),
      })
      .nullable(),
    /** Why it failed as a whole. */
    fault: z.string().nullable(),
  })
  .meta({ id: 'Job' })

/** Imports: files in, with progress, rejects, and taking back. */
export const importContracts = {
  listImports: contract({
    id: 'listImports',
    method: 'GET',
    path: '/imports',
    summary: 'Imports, newest first',
    allows: { right: 'imports' },
    query: dates.extend(paging.shape).extend({
      source: z.string().max(100).optional(),
      text: z.string().max(200).optional(),
      rejected: z.enum(['yes']).optional().describe('only those with rejected rows'),
    }),
    answer: pageOf(importLine),
  }),
  getImport: contract({
    id: 'getImport',
    method: 'GET',
    path: '/imports/:id',
    summary: 'One import with its files',
    allows: { right: 'imports' },
    params: z.object({ id: z.string().max(100) }),
    query: dates,
    answer: importLine,
  }),
  listRejects: contract({
    id: 'listRejects',
    method: 'GET',
    path: '/imports/:id/rejects',
    summary: 'Rejected rows with their reasons and original bytes',
    allows: { right: 'imports' },
    params: z.object({ id: z.string().max(100) }),
    query: dates.extend(paging.shape).extend({ format: z.enum(['json', 'csv']).optional() }),
    answer: pageOf(
      z.object({ file: z.string(), row: z.number().int(), reasons: z.array(z.string()), raw: z.string().nullable() }),
    ),
    csv: true,
  }),
  importFiles: contract({
    id: 'importFiles',
    method: 'POST',
    path: '/imports',
    summary: 'Bring files; the answer names a job whose progress `GET /jobs/:id` and the events tell',
    allows: { right: 'import' },
    query: z.object({
      source: z.string().max(100).optional(),
      'received-at': isoDate.optional(),
      'dry-run': z.enum(['yes', 'no']).optional(),
    }),
    upload: true,
    answer: jobShape,
    status: 202,
  }),
  retractImport: contract({
    id: 'retractImport',
    method: 'POST',
    path: '/imports/:id/retraction',
    summary: 'Take an import back; it stays readable for who asks of an earlier day',
    allows: { right: 'retract' },
    params: z.object({ id: z.string().max(100) }),
    body: z.object({ reason: z.string().min(1).max(2000) }),
    answer: z.object({ id: z.string(), retractedAt: z.string() }),
  }),
  listJobs: contract({
    id: 'listJobs',
    method: 'GET',
    path: '/jobs',
    summary: 'Long work of this server since it started, newest first',
    allows: { right: 'imports' },
    query: dates.pick({ language: true }),
    answer: z.object({ items: z.array(jobShape) }),
  }),
  getJob: contract({
    id: 'getJob',
    method: 'GET',
    path: '/jobs/:id',
    summary: 'One piece of long work',
    allows: { right: 'imports' },
    params: z.object({ id: z.string().max(100) }),
    query: dates.pick({ language: true }),
    answer: jobShape,
  }),
}
