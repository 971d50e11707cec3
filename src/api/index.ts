import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { knownKinds } from '../clauses/registry.ts'
import { Desk, EVERYTHING } from '../desk/index.ts'
import { bypassesRowSecurity, type Ledger } from '../evidence/ledger/index.ts'
import { loadFacts } from '../facts/index.ts'
import { Identity, type IdentityOptions, identityWords } from '../identity/index.ts'
import { type IsoDate, type Language, type Message, message, readData, type Words } from '../language/index.ts'
import { speakerOf } from '../reports/index.ts'
import { sourceRooms, sourceWords } from '../sources/registry.ts'
import { Access } from './access.ts'
import type { AnswerCommand, Services } from './asked.ts'
import { Events } from './events.ts'
import { registerHealth } from './health.ts'
import { Jobs } from './jobs.ts'
import { makeMeters } from './meters.ts'
import { Names } from './names.ts'
import { routes } from './registry.ts'
import { makeServer, PATIENCE, type Patience } from './server.ts'
import { watchWrites } from './writes.ts'

/** How a server is started. */
export interface ServerOptions {
  ledger: Ledger
  /** Address to listen on, such as 127.0.0.1. */
  host: string
  /** 0 for any that is free. */
  port: number
  /** Of what is written where no person asks, such as names of new people. */
  language: Language
  logLevel: string
  answerCommand: AnswerCommand
  today: () => IsoDate
  version: string
  /** By which commands of this machine prove themselves. */
  secret: string
  /** The address people use, such as `https://convenio.example.cl`, when it is another than the one listened on. */
  origin?: string | undefined
  /** Requests a minute of one person or address; 0 for no limit, 3000 when absent. */
  perMinute?: number | undefined
  /** How passwords are kept and chance is taken, in tests. */
  identity?: IdentityOptions | undefined
  /** Where the built pages lie, when elsewhere than beside this program. */
  pages?: string | undefined
  /** How long is waited for whoever is slow, where it is not as long as usual. */
  patience?: Partial<Patience> | undefined
}

/** A server that listens. */
export interface RunningServer {
  url: string
  /** The one-time link that makes the first administrator; absent when somebody is there already. */
  firstAdministrator?: string
  server: FastifyInstance
  /** What its routes work with. */
  services: Services
  close(): Promise<void>
}

/** The role under which the server would ask sees everything: it does not start. */
export class UnsafeRole extends Error {
  readonly refused: Message
  constructor(reasons: readonly Message[]) {
    super(reasons.map((each) => each.id).join('; '))
    this.refused = message('cli.unsafe-role', { reasons: [...reasons] })
  }
}

/** Starts the server on an open ledger. Throws UnsafeRole, UnreadableAgreement, or what listening says (EADDRINUSE …). */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { ledger, host } = options
  const safety = await bypassesRowSecurity(ledger)
  if (safety.reasons.length > 0) throw new UnsafeRole(safety.reasons)
  const desk = new Desk(ledger, { kinds: knownKinds(), facts: loadFacts() }, sourceRooms)
  desk.opened()
  const identity = new Identity(ledger, options.identity)
  const events = new Events()
  const jobs = new Jobs(events, ledger.now)
  const access = new Access(identity, desk)
  const meters = makeMeters(jobs, events)
  let url = ''
  const { answerCommand, version, secret } = options
  const today = rarely(options.today)
  const services: Services = {
    ...{ desk, ledger, identity, events, jobs, answerCommand, today, version, secret },
    names: new Names(identity),
    uploads: uploadsOf(ledger),
    trial: safety.trial,
    origin: () => options.origin ?? url,
  }
  watchWrites(services, access)
  clearUploads(ledger)
  const isOpen = !isLoopback(host)
  const patience = { ...PATIENCE, ...options.patience }
  const server = await makeServer(
    routes,
    services,
    access,
    speakers(),
    {
      logLevel: options.logLevel,
      perMinute: options.perMinute ?? 3000,
      hosts: options.origin ? [new URL(options.origin).hostname] : isOpen ? undefined : [],
      trustProxy: options.origin !== undefined,
      pages: options.pages ?? pagesBeside(),
      patience,
    },
    meters,
  )
  registerHealth(server, services)
  const address = await server.listen({ host, port: options.port })
  url = address.replace('127.0.0.1', 'localhost').replace('[::1]', 'localhost')
  warm(services)
  const first = await identity.links.firstAdministrator()
  return {
    url,
    ...(first ? { firstAdministrator: `${services.origin()}/first-administrator#${first.secret}` } : {}),
    server,
    services,
    close: async () => {
      events.close()
      // Whoever is still sending then has had their time.
      const clock = setTimeout(() => server.server.closeAllConnections(), patience.stopMs)
      await server.close()
      clearTimeout(clock)
      await jobs.idle()
    },
  }
}

// The first to ask shall not be the one who waits for everything to be judged.
function warm({ desk, today, ledger }: Services): void {
  const dates = { asOf: today(), knownAt: today() }
  void desk.view(EVERYTHING, dates).catch((error: unknown) => {
    process.emitWarning(`${ledger.agreement}: ${error instanceof Error ? error.message : String(error)}`)
  })
}

function speakers() {
  const more: Words = {
    ...sourceWords(),
    ...identityWords(),
    ...ownWords('./words.yaml'),
    ...ownWords('./words-names.yaml'),
  }
  return { en: speakerOf('en', more), es: speakerOf('es', more) }
}

function ownWords(file: string): Words {
  return readData(new URL(file, import.meta.url)) as Words
}

function uploadsOf(ledger: Ledger): string {
  return join(ledger.places.root, 'uploads')
}

// What a killed server left half received belongs to nobody.
function clearUploads(ledger: Ledger): void {
  rmSync(uploadsOf(ledger), { recursive: true, force: true })
  mkdirSync(uploadsOf(ledger), { recursive: true, mode: 0o700 })
}

const DAY_KEPT_MS = 1000

// Which day it is costs more to find out than many answers; a second later is soon enough.
function rarely(today: () => IsoDate): () => IsoDate {
  let day = today()
  let since = performance.now()
  return () => {
    const now = performance.now()
    if (now - since > DAY_KEPT_MS) {
      day = today()
      since = now
    }
    return day
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.')
}

// Built, the pages lie beside the program; in a checkout that runs its sources they lie in dist.
function pagesBeside(): string | undefined {
  const places = ['../web', '../../dist/web'].map((place) => fileURLToPath(new URL(place, import.meta.url)))
  return places.find((place) => existsSync(join(place, 'index.html')))
}
