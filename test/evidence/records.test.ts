import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Server, startServer } from '../../scripts/parts/postgres.mjs'
import { openRecords, type RecordsPlace } from '../../src/evidence/records/database.ts'

let server: Server
beforeAll(async () => {
  server = await startServer()
}, 60_000)
afterAll(() => server.stop(), 120_000)

const places: Record<string, () => Promise<RecordsPlace>> = {
  pglite: async () => ({ folder: join(mkdtempSync(join(tmpdir(), 'convenio-')), 'records') }),
  postgresql: async () => ({ url: await server.database() }),
}

describe.each(Object.keys(places))('records in %s', { timeout: 120_000 }, (kind) => {
  test('append only, and the same form when opened again', async () => {
    const place = await (places[kind] as () => Promise<RecordsPlace>)()
    const first = await openRecords(place)
    expect(first.kind).toBe(kind)
    await sql`insert into settings (agreement, name, value, received_at) values ('a', 'n', 'v', '2025-01-31')`.execute(
      first.db,
    )
    for (const change of ['delete from settings', `update settings set value = 'w'`, 'truncate settings'])
      await expect(sql.raw(change).execute(first.db)).rejects.toThrow('never changed')
    await first.close()
    const again = await openRecords(place)
    const { rows } = await sql`select seq, value, received_at from settings`.execute(again.db)
    // Numbers and dates stay text: no time zone and no binary float may come between.
    expect(rows).toEqual([{ seq: '1', value: 'v', received_at: '2025-01-31' }])
    await sql`insert into migrations (name) values ('9999-of-tomorrow')`.execute(again.db)
    await again.close()
    await expect(openRecords(place)).rejects.toThrow('9999-of-tomorrow')
  })
})
