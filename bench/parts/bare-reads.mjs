// A bare Fastify route that asks the same question inside the same row-level-security transaction; nothing else.
import Fastify from 'fastify'
import pg from 'pg'

const { DATABASE_URL, CONNECTIONS, AGREEMENT, DATASET, KNOWN_AT, LIMIT } = process.env
// As the server has them: dates and long numbers as texts.
const plain = new Set([20, 1082, 1114, 1184, 1700])
const getTypeParser = (oid, format) => (plain.has(oid) ? (text) => text : pg.types.getTypeParser(oid, format))
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(CONNECTIONS), types: { getTypeParser } })
// The server going away ends the measurement, not this process with a stack.
pool.on('error', () => {})
const begin = `begin isolation level repeatable read read only; set local role convenio_asker;
  select set_config('convenio.agreement', '${AGREEMENT}', true), set_config('convenio.owners', '*', true),
    set_config('convenio.datasets', '*', true), set_config('convenio.person', '', true), set_config('convenio.rights', '{}', true)`
const question = `
  select s.* from (
    select distinct on (f.dataset, f.key) f.dataset, f.key, f.happened_from, f.happened_to, f.owner, f.grade, f."values",
      f.personal, f.source, f.file, f.row, f.sha256, f.import, f.received_at
    from facts f
    where f.agreement = $1 and f.received_at <= $2::date and f.dataset = $3
      and f.import not in (select unnest(taken_back($2::date)))
    order by f.dataset, f.key, f.version desc, f.received_at desc, f.id desc) s
  where true and s.happened_to <= $2::date order by s.dataset, s.key limit $4`

const server = Fastify({ logger: false })
server.get('/facts', async () => {
  const client = await pool.connect()
  try {
    await client.query(begin)
    const { rows } = await client.query(question, [AGREEMENT, KNOWN_AT, DATASET, Number(LIMIT) + 1])
    await client.query('commit')
    return { items: rows.slice(0, Number(LIMIT)).map((row) => ({ ...row, values: JSON.parse(row.values) })) }
  } finally {
    client.release()
  }
})
console.log(await server.listen({ host: '127.0.0.1', port: 0 }))
