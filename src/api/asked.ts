import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Dates, Desk, Scope } from '../desk/index.ts'
import type { Ledger } from '../evidence/ledger/index.ts'
import type { Identity, Person, Session } from '../identity/index.ts'
import type { IsoDate, Language, Speaker } from '../language/index.ts'
import type { Events } from './events.ts'
import type { Jobs } from './jobs.ts'
import type { Names } from './names.ts'
import type { RouteContract } from './route.ts'

/** Runs a command of the command line on the server's ledger; handed in, because only the command line knows argv. */
export type AnswerCommand = (
  request: unknown,
  ledger: Ledger,
  write: (line: string) => void,
  gone?: AbortSignal,
) => Promise<void>

/** What every route works with. */
export interface Services {
  desk: Desk
  ledger: Ledger
  identity: Identity
  events: Events
  jobs: Jobs
  names: Names
  /** Where uploads lie until they are imported. */
  uploads: string
  answerCommand: AnswerCommand
  /** The secret by which a command of this machine proves that it may read the installation's folder. */
  secret: string
  today: () => IsoDate
  version: string
  /** PGlite keeps the records: one trusted person. */
  trial: boolean
  /** The address under which people reach the server, such as `https://convenio.example.cl`. */
  origin: () => string
}

/** Who asks: a person by session or token. */
export interface Who {
  person: Person
  rights: readonly string[]
  scope: Scope
  customer: boolean
  /** Present when they came with a cookie and not with a token. */
  session?: Session
}

/** One request, checked. */
export interface Asked<P = unknown, Q = unknown, B = unknown> {
  params: P
  query: Q
  body: B
  services: Services
  /** Undefined on routes for anybody, when nobody is signed in. */
  who: Who | undefined
  dates: Dates
  language: Language
  speak: Speaker
  request: FastifyRequest
  reply: FastifyReply
}

/** A contract with what fulfils it. */
export interface BoundRoute {
  contract: RouteContract
  handle: (asked: Asked) => Promise<unknown>
}

type Given<T> = T extends z.ZodType ? z.output<T> : undefined

/** Joins a contract and the function that fulfils it; types of both must agree. */
export function bound<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  contract: RouteContract<P, Q, B, A>,
  handle: (asked: Asked<Given<P>, Given<Q>, Given<B>>) => Promise<Given<A> | CsvAnswer | typeof HIJACKED | undefined>,
): BoundRoute {
  return { contract: contract as unknown as RouteContract, handle: handle as unknown as BoundRoute['handle'] }
}

/** What a route returns that has answered by itself. */
export const HIJACKED = Symbol('answered')

/** A table as a spreadsheet reads it. */
export class CsvAnswer {
  readonly text: string
  readonly fileName: string
  constructor(text: string, fileName: string) {
    this.text = text
    this.fileName = fileName
  }
}

/** Whoever asks, on routes that nobody reaches without being signed in. */
export function whoOf(asked: Asked): Who {
  if (!asked.who) throw new Error('a route for people was reached by nobody')
  return asked.who
}
