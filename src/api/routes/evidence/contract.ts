import { z } from 'zod'
import { asCsv, contract, dates, isoDate, pageOf, paging } from '../../route.ts'
import { verdict } from '../../shapes.ts'

const factRow = z
  .object({
    dataset: z.string(),
    key: z.string(),
    from: z.string(),
    to: z.string(),
    receivedAt: z.string(),
    owner: z.string(),
    grade: z.string(),
    values: z.record(z.string(), z.unknown()),
    source: z.string(),
    file: z.string(),
    row: z.string(),
    sha256: z.string(),
    import: z.string(),
  })
  .meta({ id: 'Fact' })

/** Evidence: what there is, how fresh, what is missing, down to the row. */
export const evidenceContracts = {
  getEvidence: contract({
    id: 'getEvidence',
    method: 'GET',
    path: '/evidence',
    summary: 'Datasets with their freshness, and what each clause still needs and how to get it',
    allows: 'signed-in',
    query: dates,
    answer: z
      .object({
        asOf: z.string(),
        /** Outside systems whose files can be imported, and how to get them. */
        sources: z.array(z.object({ id: z.string(), text: z.string(), how: z.string() })),
        datasets: z.array(
          z.object({
            dataset: z.string(),
            text: z.string(),
            facts: z.number().int(),
            rows: z.number().int(),
            /** Rows lie in bulk segments: `GET /rows` shows them. */
            bulk: z.boolean(),
            from: z.string().nullable(),
            through: z.string().nullable(),
            grade: z.string().nullable(),
            /** Days from its newest fact to the day asked about. */
            age: z.number().int().nullable(),
          }),
        ),
        clauses: z.array(
          z.object({
            id: z.string(),
            title: z.string(),
            verdict,
            grade: z.string().nullable(),
            used: z.number().int(),
            needs: z.array(
              z.object({ dataset: z.string(), text: z.string(), how: z.string(), through: z.string().nullable() }),
            ),
            missing: z.array(z.string()),
          }),
        ),
      })
      .meta({ id: 'EvidenceStates' }),
  }),
  listFacts: contract({
    id: 'listFacts',
    method: 'GET',
    path: '/facts',
    summary: 'Recorded facts as they stood',
    allows: 'signed-in',
    query: dates
      .extend(paging.shape)
      .extend(asCsv.shape)
      .extend({
        dataset: z.string().max(100).optional(),
        owner: z.string().max(200).optional(),
        from: isoDate.optional(),
        to: isoDate.optional(),
        file: z.string().max(500).optional(),
        row: z.string().max(100).optional(),
        text: z.string().max(200).optional(),
      }),
    answer: pageOf(factRow),
    csv: true,
  }),
  listRows: contract({
    id: 'listRows',
    method: 'GET',
    path: '/rows',
    summary: 'The rows behind a sum: lines of the bill, contact records, probes',
    allows: 'signed-in',
    query: dates
      .extend(paging.shape)
      .extend(asCsv.shape)
      .extend({
        dataset: z.string().max(100),
        file: z.string().max(500).optional(),
        row: z.string().max(100).optional(),
        from: isoDate.optional(),
        to: isoDate.optional(),
      }),
    answer: z
      .object({
        columns: z.array(z.string()),
        items: z.array(z.record(z.string(), z.unknown())),
        next: z.string().nullable(),
        total: z.number().int().nullable(),
      })
      .meta({ id: 'BulkRows' }),
    csv: true,
  }),
}
