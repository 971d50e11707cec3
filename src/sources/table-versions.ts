import { literals } from '../evidence/index.ts'
import { touching } from './bulk-versions.ts'
import { quoted } from './json-columns.ts'
import type { BulkContext } from './room.ts'
import type { TableShape } from './table-shape.ts'

// Rows told more than once that get their versions at once.
const ROWS_AT_ONCE = 500_000

/**
 * Gives each row whose fact is told more than once, here or before, its version: the day it was received, and how often the fact had
 * changed on that day. A row that says what the newest known one says has that one's version, and so is its duplicate. The table
 * `versioned` (_seq, _version) holds them; false when there are none.
 */
export async function tellVersions(shape: TableShape, lots: readonly string[], context: BulkContext): Promise<boolean> {
  const { engine } = context
  const fresh = `read_parquet(${literals(lots)})`
  const known = await knownBefore(shape, fresh, context)
  const seen = known ? ` UNION ALL SELECT hash(_key), false FROM ${known}` : ''
  await engine.run(`CREATE OR REPLACE TEMP TABLE twice AS SELECT _hash FROM
    (SELECT hash(_key) AS _hash, true AS _fresh FROM ${fresh}${seen}) GROUP BY _hash HAVING count(*) > 1 AND bool_or(_fresh)`)
  const [found] = await engine.all<{ rows: string }>(
    `SELECT count(*) AS rows FROM ${fresh} WHERE hash(_key) IN (SELECT _hash FROM twice)`,
  )
  const passes = Math.ceil(Number(found?.rows ?? 0) / ROWS_AT_ONCE)
  await engine.run('CREATE OR REPLACE TEMP TABLE versioned (_seq BIGINT, _version VARCHAR)')
  for (let pass = 0; pass < passes; pass += 1) {
    const where = `hash(_key) IN (SELECT _hash FROM twice WHERE _hash % ${passes} = ${pass})`
    await engine.run(`INSERT INTO versioned ${versionsSql(fresh, known, where)}`)
  }
  for (const table of passes > 0 ? ['twice'] : ['twice', 'versioned']) await engine.run(`DROP TABLE ${table}`)
  return passes > 0
}

async function knownBefore(shape: TableShape, fresh: string, context: BulkContext): Promise<string | undefined> {
  const stamp = (fn: string) => `strftime(${fn}(${quoted(shape.happened)}), '%Y-%m-%dT%H:%M:%SZ')`
  const [span] = await context.engine.all<{ from: string; to: string }>(
    `SELECT ${stamp('min')} AS "from", ${stamp('max')} AS "to" FROM ${fresh}`,
  )
  const known = span
    ? touching([{ id: '', path: '', dataset: '', owner: '', period: '', rows: 0, ...span }], shape, context)
    : []
  return known.length === 0 ? undefined : `read_parquet(${literals(known.map(({ path }) => path))})`
}

function versionsSql(fresh: string, known: string | undefined, where: string): string {
  const before = known
    ? `SELECT _key, arg_max(_content, _version) AS content, max(_version) AS version FROM ${known} WHERE ${where} GROUP BY _key`
    : `SELECT NULL::VARCHAR AS _key, NULL::VARCHAR AS content, NULL::VARCHAR AS version WHERE false`
  return `WITH before AS (${before}),
    told AS (SELECT _key, _content, _received, _seq FROM ${fresh} WHERE ${where}),
    joined AS (SELECT t.*, b.content, b.version, left(b.version, 10) AS day, row_number() OVER w = 1 AS _first,
        lag(t._content) OVER w AS _last
      FROM told AS t LEFT JOIN before AS b ON b._key = t._key WINDOW w AS (PARTITION BY t._key ORDER BY t._seq)),
    steps AS (SELECT *, sum(CASE
        WHEN _first THEN CASE WHEN version IS NOT NULL AND day <= _received AND _content = content THEN 0 ELSE 1 END
        WHEN _content = _last THEN 0 ELSE 1 END) OVER (PARTITION BY _key ORDER BY _seq) AS _steps FROM joined)
    SELECT _seq, CASE
        WHEN _steps = 0 THEN version
        WHEN day = _received THEN _received || '#' || lpad((substr(version, 12)::BIGINT + _steps)::VARCHAR, 6, '0')
        ELSE _received || '#' || lpad(_steps::VARCHAR, 6, '0') END AS _version
    FROM steps`
}
