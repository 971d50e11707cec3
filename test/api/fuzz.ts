import { Agent, request as send } from 'node:http'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { openApiDocument } from '../../src/api/openapi.ts'
import { isRefused, type Person } from '../../src/identity/index.ts'
import { GOOD } from '../identity/desk.ts'
import { type FuzzAnswer, judgeOf, LONGEST_MS } from './fuzz-answers.ts'
import { describeRequest, type FuzzRequest, operationsOf, requestFor, type Sender } from './fuzz-requests.ts'
import { Chance, type Schema, Values } from './fuzz-values.ts'
import { SECRET, type Serving } from './serving.ts'

/** What came of many requests. */
export interface FuzzReport {
  sent: number
  statuses: Record<string, number>
  /** Operations that were answered as the document promises at least once. */
  fulfilled: ReadonlySet<string>
  /** By operation and fault, the first request that met it. */
  failures: ReadonlyMap<string, string>
  slowest: { ms: number; operation: string }
  seconds: number
}

const SPACE = 64

/** Words that stand in no document but that the interface knows. */
const KNOWN: Record<string, readonly string[]> = {
  roles: ['auditor', 'finance', 'planner', 'quality', 'director'],
  rights: ['read', 'import', 'imports', 'audit'],
  customers: ['C-001', 'C-002'],
  dataset: ['instances', 'incidents', 'contact-records', 'changes'],
  password: [GOOD],
  current: [GOOD],
  newPeople: ['auditor'],
}

// The list that an address is in: what it holds can be asked for by id below it.
function listOf({ path }: FuzzRequest['operation']): string {
  return path.split('/{')[0] as string
}

/** Sends seeded requests to every operation of the document in turn, several at a time, and judges every answer. */
export class Fuzzer {
  readonly #server: Serving
  readonly #agent = new Agent({ keepAlive: true, maxSockets: SPACE })
  readonly #document = openApiDocument('0.0.1')
  readonly #operations = operationsOf(this.#document)
  readonly #judge = judgeOf(this.#document)
  readonly #seen = new Map<string, string[]>()
  readonly #ways = new Map<Sender, Promise<Record<string, string>>>()
  #people: Promise<Record<'administrator' | 'customer', Person>> | undefined

  constructor(server: Serving) {
    this.#server = server
  }

  /** Sends `count` requests, from the `from`th of a seed. */
  async run(seed: number, count: number, from = 0): Promise<FuzzReport> {
    const report = {
      sent: 0,
      statuses: {} as Record<string, number>,
      fulfilled: new Set<string>(),
      failures: new Map<string, string>(),
    }
    const slowest = { ms: 0, operation: '' }
    const began = performance.now()
    let next = from
    const sender = async () => {
      while (next < from + count && report.failures.size < 20) {
        const at = next++
        const request = this.#make(seed, at)
        const answer = await this.#send(request, await this.#wayOf(request.sender))
        report.sent += 1
        if (!answer) continue
        report.statuses[answer.status] = (report.statuses[answer.status] ?? 0) + 1
        if (answer.ms > slowest.ms)
          Object.assign(slowest, { ms: Math.round(answer.ms), operation: request.operation.id })
        const fault = this.#judge(request, answer)
        const about = `${request.operation.id}: ${fault}`
        if (fault && !report.failures.has(about)) {
          const told = `${describeRequest(request)}\n  answered ${answer.text.slice(0, 500)}`
          report.failures.set(about, `seed ${seed}, request ${at}: ${about}\n  ${told}`)
        }
        if (answer.status < 400) report.fulfilled.add(request.operation.id)
        this.#learn(request, answer)
      }
    }
    await Promise.all(Array.from({ length: 4 }, sender))
    await this.#server.services.jobs.idle()
    return { ...report, slowest, seconds: Math.round((performance.now() - began) / 1000) }
  }

  /** Operations there are. */
  get operations(): string[] {
    return this.#operations.map(({ id }) => id)
  }

  /** Lets go of all connections. */
  close(): void {
    this.#agent.destroy()
  }

  #make(seed: number, at: number): FuzzRequest {
    const chance = new Chance(seed * 1_000_003 + at)
    const schemas = (this.#document.components as { schemas: Record<string, Schema> }).schemas
    const operation = this.#operations[at % this.#operations.length] as FuzzRequest['operation']
    const values = new Values(chance, schemas, (name) => {
      return this.#seen.get(name === 'id' ? listOf(operation) : name) ?? KNOWN[name] ?? []
    })
    return requestFor(operation, chance, values)
  }

  // Whatever a request signed out, disabled or revoked is there again for the next.
  #wayOf(sender: Sender): Promise<Record<string, string>> {
    const way = this.#ways.get(sender) ?? this.#renewed(sender)
    this.#ways.set(sender, way)
    return way
  }

  async #renewed(sender: Sender): Promise<Record<string, string>> {
    if (sender === 'nobody') return {}
    if (sender === 'liar')
      return { authorization: 'Bearer cnv_liar', cookie: 'convenio-session=x', 'x-csrf-token': 'x' }
    const { identity } = this.#server.services
    this.#people ??= this.#made()
    const { administrator, customer } = await this.#people
    await identity.people.change('test', administrator.id, { disabled: false, roles: ['administrator'] })
    await identity.people.change('test', customer.id, { disabled: false, roles: ['customer'], customers: ['C-001'] })
    if (sender === 'token') {
      const rights = ['read', 'import', 'imports', 'audit', 'amend', 'waive', 'settings', 'people'] as const
      const made = await identity.tokens.create(administrator, { name: 'fuzz', rights: [...rights], days: 30 })
      if (isRefused(made)) throw new Error('no token')
      return { authorization: `Bearer ${made.secret}` }
    }
    const person = sender === 'customer' ? customer : administrator
    const begun = await identity.sessions.begin(person, { way: 'password', address: '127.0.0.1', agent: 'fuzz' })
    return { cookie: `convenio-session=${begun.cookie}`, 'x-csrf-token': begun.csrf }
  }

  async #made(): Promise<Record<'administrator' | 'customer', Person>> {
    const { people } = this.#server.services.identity
    const made = async (email: string, roles: Person['roles'], customers: string[]) => {
      const person = await people.create('test', { name: 'Fuzz', email, roles: [...roles], customers, language: 'en' })
      if (isRefused(person)) throw new Error(JSON.stringify(person))
      return person
    }
    const administrator = await made('first@fuzz.example', ['administrator'], [])
    return { administrator, customer: await made('second@fuzz.example', ['customer'], ['C-001']) }
  }

  #send(request: FuzzRequest, own: Record<string, string>): Promise<FuzzAnswer | undefined> {
    const { operation, path, headers, body, cutAt } = request
    const { port } = new URL(this.#server.url)
    const began = performance.now()
    return new Promise((resolve, reject) => {
      const proof = operation.id === 'runCommand' ? { authorization: `Bearer ${SECRET}` } : {}
      const given = { ...own, ...proof, ...headers, ...(body ? { 'content-length': body.length } : {}) }
      const asked = send(
        { agent: this.#agent, host: '127.0.0.1', port, method: operation.method, path, headers: given },
        (answer) => {
          const chunks: Buffer[] = []
          const end = () => {
            const text = Buffer.concat(chunks).toString('utf8')
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, ms: performance.now() - began })
          }
          answer
            .on('data', (chunk) => chunks.push(chunk))
            .on('end', end)
            .on('error', reject)
          if (operation.isStream && answer.statusCode === 200) {
            end()
            asked.destroy()
          }
        },
      )
      const clock = setTimeout(() => asked.destroy(new Error('no answer')), 2 * LONGEST_MS)
      asked.on('close', () => clearTimeout(clock))
      asked.on('error', (error: NodeJS.ErrnoException) => {
        if (cutAt !== undefined) resolve(undefined)
        // A line that was kept may be let go just when it is used again; every client asks once more on another.
        else if (asked.reusedSocket && error.code === 'ECONNRESET') resolve(this.#send(request, own))
        // Who is refused while still sending may find the line closed before the answer was read.
        else if (/^(EPIPE|ECONNRESET)$/.test(error.code ?? '') && (body?.length ?? 0) > 1_000_000) resolve(undefined)
        else resolve({ status: 599, headers: {}, text: String(error), ms: performance.now() - began })
      })
      if (cutAt === undefined) asked.end(body)
      else {
        asked.write(body?.subarray(0, cutAt) ?? '')
        setTimeout(() => asked.destroy(), 20)
      }
    })
  }

  // What answers name is asked for again: ids, cursors, owners, data sets.
  #learn({ sender, operation }: FuzzRequest, { status, headers, text }: FuzzAnswer): void {
    if (status === 401 || headers['set-cookie'] !== undefined || status === 403) this.#ways.delete(sender)
    if (status >= 300 || !String(headers['content-type']).startsWith('application/json') || text.length > 1_000_000)
      return
    JSON.parse(text, (key, value: unknown) => {
      if (typeof value !== 'string' || value === '' || value.length > 2000) return value
      const [, ...name] = value.split('/')
      if (key === 'id' && name.length > 0) this.#keep('clause', value)
      else if (key === 'id') this.#keep(listOf(operation), value)
      else if (key === 'link') this.#keep('link', value.split('#').at(-1) as string)
      else if (key === 'next') this.#keep('cursor', value)
      else if (/^(dataset|owner|file|row|source|action|actor|code)$/.test(key)) this.#keep(key, value)
      return value
    })
  }

  #keep(name: string, value: string): void {
    const kept = this.#seen.get(name) ?? []
    if (kept.includes(value)) return
    if (kept.length >= 60) kept.shift()
    kept.push(value)
    this.#seen.set(name, kept)
  }
}

/** Bytes that are held after everything nobody needs was let go. */
export async function heldBytes(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  for (let times = 0; times < 3; times += 1) {
    collect()
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
