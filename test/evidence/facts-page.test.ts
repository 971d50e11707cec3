import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FactsFilter, Ledger, LedgerFact, LedgerReads } from '../../src/evidence/ledger/index.ts'
import { KINDS, newInstallation, openLedger, stopServer } from './places.ts'
import { ASKERS, bring, fact, newTenants } from './tenants.ts'

afterAll(stopServer, 120_000)

const DAY = '2025-06-01'
const DATASETS = ['changes', 'incidents', 'surveys']
const WORDS = ['100%', 'a_b', 'Ñandú', `o'clock`, 'back\\slash', 'plain']

/** All pages of a filter, one after the other. */
async function paged(reads: LedgerReads, filter: FactsFilter, limit: number): Promise<LedgerFact[]> {
  const facts: LedgerFact[] = []
  for (let after: { dataset: string; key: string } | undefined; ; ) {
    const page = await reads.factsPage(DAY, filter, { after, limit })
    expect(page.facts.length).toBe(page.next ? limit : page.facts.length)
    facts.push(...page.facts)
    if (!page.next) return facts
    after = page.next
  }
}

/** What a filter means, said once more. */
function fits(each: LedgerFact, { dataset, owner, from, to, source, import: by, text }: FactsFilter): boolean {
  const words = [each.key, JSON.stringify(each.values), each.owner, each.file ?? ''].map((word) => word.toLowerCase())
  return (
    (dataset === undefined || each.dataset === dataset) &&
    (owner === undefined || each.owner === owner) &&
    (from === undefined || each.to >= from) &&
    (to === undefined || each.from <= to) &&
    (source === undefined || each.source === source) &&
    (by === undefined || each.import === by) &&
    (text === undefined || words.some((word) => word.includes(text.toLowerCase())))
  )
}

describe.each(KINDS)('pages of facts on %s', { timeout: 120_000 }, (kind) => {
  let ledger: Ledger
  const imports: string[] = []
  beforeAll(async () => {
    ledger = await openLedger(await newInstallation(kind))
    for (const version of ['1', '2', '3']) {
      const facts = Array.from({ length: 40 }, (_, at) =>
        fact(DATASETS[at % 3] as string, `${WORDS[at % 6]}-${at % 13}`, `C-00${(at + Number(version)) % 3}`, {
          version,
          values: { word: WORDS[(at + Number(version)) % 6] as string },
          from: `2025-01-${10 + (at % 9)}`,
          to: `2025-01-${10 + (at % 9) + Number(version)}`,
          file: `file-${at % 4}.json`,
        }),
      )
      imports.push(await bring(ledger, facts.slice(0, 10 * Number(version)), `2025-0${version}-01`))
    }
  }, 120_000)
  afterAll(() => ledger.close())

  test('page after page is what stands and fits, in one order, whoever asks', async () => {
    const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 1 })
    const filters = fc.record({
      dataset: maybe(fc.constantFrom(...DATASETS, 'nothing')),
      owner: maybe(fc.constantFrom('C-000', 'C-001')),
      from: maybe(fc.constantFrom('2025-01-12', '2025-01-17')),
      to: maybe(fc.constantFrom('2025-01-11', '2025-01-14')),
      source: maybe(fc.constantFrom('incidents', 'other')),
      import: maybe(fc.nat({ max: 2 })),
      text: maybe(fc.constantFrom(...WORDS, '%', '_', '\\', 'file-1', 'PLAIN')),
    })
    const one = { owners: ['C-001'], datasets: ['incidents', 'surveys'], person: '', rights: [], customer: true }
    let found = 0
    await fc.assert(
      fc.asyncProperty(filters, fc.integer({ min: 1, max: 9 }), async (drawn, limit) => {
        const filter = { ...drawn, import: drawn.import === undefined ? undefined : imports[drawn.import] }
        const all = (await ledger.facts(DAY)).filter((each) => fits(each, filter))
        expect(await paged(ledger, filter, limit)).toEqual(all)
        found += all.length
        const own = await ledger.asking(one, async (reads) => {
          const pages = await paged(reads, filter, limit)
          expect(pages).toEqual((await reads.facts(DAY)).filter((each) => fits(each, filter)))
          return pages
        })
        expect(own).toEqual(all.filter((each) => each.owner === 'C-001' && each.dataset !== 'changes'))
      }),
      { numRuns: 60, seed: 20_250_131 },
    )
    expect(found).toBeGreaterThan(100)
  })
})

test('a page of many facts is read from the index, and the asker is looked up once', { timeout: 120_000 }, async () => {
  const ledger = await openLedger(await newTenants('postgresql'))
  const id = await bring(ledger, [fact('incidents', 'INC-0', 'C-001')])
  await sql`insert into facts (agreement, dataset, key, version, happened_from, happened_to, owner, grade, "values", content, source,
      file, row, sha256, import, received_at)
    select 'test', 'd' || i % 20, 'K' || i, '1', '2025-01-01', '2025-01-01', 'C-00' || i % 40, 'reported', '{}', '', 's', 'f', '1', '',
      ${id}, '2025-02-01' from generate_series(1, 12000) t(i)`.execute(ledger.db)
  await sql`analyze facts`.execute(ledger.db)
  const places = [
    [{ dataset: 'd7' }, { limit: 50 }],
    [{ dataset: 'd7' }, { limit: 50, after: { dataset: 'd7', key: 'K5' } }],
    [{}, { limit: 50 }],
    [{}, { limit: 50, after: { dataset: 'd7', key: 'K5' } }],
  ] as const
  for (const asker of [ASKERS.director, ASKERS.auditor, ASKERS.some, ASKERS.first])
    for (const [filter, place] of places) {
      const plan = await ledger.asking(asker as never, async (reads) => {
        const explained: LedgerReads['db'] = reads.db.withPlugin({
          transformQuery: ({ node }) =>
            node.kind === 'RawNode' ? { ...node, sqlFragments: explaining(node.sqlFragments) } : node,
          transformResult: async ({ result }) => {
            lines.push(...result.rows.map((row) => String(row['QUERY PLAN'])))
            return { ...result, rows: [] }
          },
        })
        const lines: string[] = []
        const { factsPage } = await import('../../src/evidence/ledger/facts-page.ts')
        const parts = { agreement: 'test', keyring: ledger.keyring, at: ledger.at, asker: reads.asker, db: explained }
        await factsPage(parts, DAY, filter, place)
        return lines.join('\n')
      })
      expect(plan).toMatch(/Index Scan using facts_by_key on facts/)
      expect(plan).not.toMatch(/Seq Scan on facts|Sort Key/)
      // What a filter asks of the transaction is in sub-selects of their own; beside a row stands only their value.
      expect(plan).toMatch(/InitPlan/)
      expect(
        plan
          .split('\n')
          .filter((line) => /Filter:|Cond:/.test(line))
          .join('\n'),
      ).not.toMatch(/asked|current_setting/)
    }
  await ledger.close()
})

function explaining([first = '', ...rest]: readonly string[]): string[] {
  return [`explain (costs off) ${first}`, ...rest]
}
