import { randomBytes } from 'node:crypto'
import type { Asker } from '../../src/evidence/ledger/asker.ts'
import { auditEntries, Ledger } from '../../src/evidence/ledger/index.ts'
import { askerOf, Identity, isRefused, type NewPerson, type Person } from '../../src/identity/index.ts'
import type { Home } from '../evidence/places.ts'

/** A clock that stands still until a test moves it. */
export interface Clock {
  now: () => string
  pass: (seconds: number) => void
}

/** Passwords that cost next to nothing, so that tests of other things are quick. */
export const CHEAP = { memoryKib: 64, passes: 1, lanes: 1 }

/** A password that keeps the rules. */
export const GOOD = 'lluvia sobre cuatro pianos'

/** A clock that begins at a time. */
export function clockFrom(from = '2025-06-01T12:00:00.000Z'): Clock {
  let at = Date.parse(from)
  return {
    now: () => new Date(at).toISOString(),
    pass: (seconds) => {
      at += seconds * 1000
    },
  }
}

/** An open installation with its identity. */
export interface Desk {
  ledger: Ledger
  identity: Identity
  clock: Clock
}

/** Opens an installation that was made. */
export async function openDesk(home: Home, clock = clockFrom()): Promise<Desk> {
  const ledger = await Ledger.open({ ...home, actor: 'test', purpose: 'test', now: clock.now, memory: '256MB' })
  return { ledger, clock, identity: new Identity(ledger, { random: randomBytes, passwordCost: CHEAP }) }
}

let added = 0

/** Adds a person with whatever is not said made up. */
export async function addPerson({ identity }: Desk, said: Partial<NewPerson> = {}): Promise<Person> {
  added += 1
  const person = await identity.people.create('test', {
    name: `Persona ${added}`,
    email: `persona${added}@wom.example`,
    roles: ['planner'],
    ...said,
  })
  return accepted(person)
}

/** What was asked for; a refusal fails the test with its reasons. */
export function accepted<T extends object>(answer: T): Exclude<T, { refused: unknown }> {
  if (isRefused(answer)) throw new Error(answer.faults.map((each) => each.message.id).join(', '))
  return answer as Exclude<T, { refused: unknown }>
}

/** The reasons of a refusal; what was accepted fails the test. */
export function reasons(answer: object): string[] {
  if (!isRefused(answer)) throw new Error(`accepted: ${JSON.stringify(answer)}`)
  return answer.faults.map((each) => each.message.id.replace('identity/', ''))
}

/** A person as the database is told of them. */
export function asks(person: Person): Asker {
  return askerOf(person, { kindDatasets: () => [], instancesOf: () => [] })
}

/** Gives a person a password by an invitation, as an administrator would. */
export async function withPassword(desk: Desk, person: Person, password = GOOD): Promise<Person> {
  const link = accepted(await desk.identity.links.make('test', person.id, 'invitation'))
  return accepted(await desk.identity.links.setPassword(link.secret, password))
}

/** All of the audit as text, to look for what must not be there, and its actions in order. */
export async function auditOf({ ledger }: Desk): Promise<{ text: string; actions: string[] }> {
  const entries = []
  for await (const entry of auditEntries(ledger.records.db)) entries.push(entry)
  return { text: JSON.stringify(entries), actions: entries.map((each) => each.action) }
}
