import type { z } from 'zod'
import { clauseRooms } from '../../../clauses/registry.ts'
import { FAMILIES } from '../../../clauses/room.ts'
import { type Scope, UnreadableAgreement } from '../../../desk/index.ts'
import {
  actorOf,
  familiesOf,
  type Identity,
  type Refused as IdentityRefused,
  isCustomer,
  type Person,
  rightsOf,
  type SignInWay,
} from '../../../identity/index.ts'
import type { Speaker } from '../../../language/index.ts'
import { COOKIE } from '../../access.ts'
import type { Asked, Services } from '../../asked.ts'
import { COMPANY, companySignIn } from '../../company.ts'
import { identityRefused, Refused } from '../../refused.ts'
import type { sessionShape } from './contract.ts'

type SessionAnswer = z.output<typeof sessionShape>

/** Begins a session for somebody who has just shown who they are, and ends the one that this browser had before. */
export async function enter(asked: Asked, person: Person, way: SignInWay): Promise<SessionAnswer> {
  const { services, who, request, reply } = asked
  const { sessions } = services.identity
  if (who?.session) await sessions.end(actorOf(who.person), who.person.id, who.session.id)
  const agent = request.headers['user-agent'] ?? ''
  const begun = await sessions.begin(person, { way, address: request.ip, agent })
  reply.setCookie(COOKIE, begun.cookie, { ...cookieOf(services), expires: new Date(begun.session.expiresAt) })
  const rights = rightsOf(person)
  return sessionAnswer(services, { person, rights, families: familiesOf(person), csrf: begun.csrf })
}

/** How our cookies are set: no script reads them, and no other site's form sends them. */
export function cookieOf(services: Services) {
  const secure = services.origin().startsWith('https:')
  return { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
}

/** Whoever asks, as their session tells them. */
export function currentSession({ services, who, request }: Asked): Promise<SessionAnswer> {
  if (!who) return sessionAnswer(services, undefined)
  const cookie = who.session ? request.cookies[COOKIE] : undefined
  const csrf = cookie === undefined ? null : services.identity.sessions.csrfOf(cookie)
  return sessionAnswer(services, { person: who.person, rights: who.rights, families: familiesIn(who.scope), csrf })
}

interface Entered {
  person: Person
  rights: readonly string[]
  families: readonly SessionAnswer['families'][number][]
  csrf: string | null
}

async function sessionAnswer(services: Services, entered: Entered | undefined): Promise<SessionAnswer> {
  const { identity, ledger, today, trial, version } = services
  const company = await companySignIn(ledger)
  const common = {
    empty: entered ? false : await isEmpty(identity),
    trial,
    providers: company ? [{ id: COMPANY, name: company.label }] : [],
    today: today(),
    version,
  }
  if (!entered) {
    return { ...common, person: null, rights: [], families: [], customer: false, csrf: null, agreement: null }
  }
  const { id, name, email, roles, customers, language } = entered.person
  return {
    ...common,
    person: { id, name, email, roles: [...roles], customers: [...customers], language },
    rights: [...entered.rights],
    families: [...entered.families],
    customer: isCustomer(entered.person),
    csrf: entered.csrf,
    agreement: agreementOf(services),
  }
}

function agreementOf({ desk }: Services): SessionAnswer['agreement'] {
  try {
    const { id, title } = desk.opened().agreement
    return { id, title }
  } catch (error) {
    if (error instanceof UnreadableAgreement) return null
    throw error
  }
}

function familiesIn({ kinds }: Scope): SessionAnswer['families'] {
  return FAMILIES.filter((family) =>
    clauseRooms.every((room) => room.family !== family || kinds === '*' || kinds.includes(room.id)),
  )
}

const begun = new WeakSet<Identity>()

// Once there is an administrator there is always one: the last can neither be disabled nor lose the role.
async function isEmpty(identity: Identity): Promise<boolean> {
  if (begun.has(identity)) return false
  const people = await identity.people.list({
    owners: [],
    datasets: [],
    person: '',
    rights: ['people'],
    customer: false,
  })
  const canEnter = ({ disabled, roles, signIn }: Person) =>
    !disabled && roles.includes('administrator') && (signIn.password || signIn.oidc || signIn.passkeys > 0)
  if (!people.some(canEnter)) return true
  begun.add(identity)
  return false
}

/** The refusal of a sign-in: nobody is signed in by it. */
export function notEntered(refused: IdentityRefused, speak: Speaker): Refused {
  const refusal = identityRefused(refused, speak)
  if (refused.refused !== 'denied') return refusal
  return new Refused(401, refusal.code, { parts: refusal.parts })
}
