import { z } from 'zod'
import { actorOf, isRefused, type Passkey, type Passkeys, type Site } from '../../../identity/index.ts'
import { type BoundRoute, bound, type Services, whoOf } from '../../asked.ts'
import { accepted, Refused } from '../../refused.ts'
import { signedInOf } from '../../signed-in.ts'
import { enter, notEntered } from './begin.ts'
import { sessionContracts } from './contract.ts'

type Registration = Parameters<Passkeys['register']>[2]['response']
type Authentication = Parameters<Passkeys['signIn']>[1]['response']

// Of what a browser sent only the forms are looked at here: identity believes none of it before it is verified.
const credential = z.looseObject({
  id: z.string().max(2000),
  rawId: z.string().max(2000),
  type: z.string(),
  response: z.looseObject({ userHandle: z.string().max(1000).optional() }),
})

const listPasskeys = bound(sessionContracts.listPasskeys, async (asked) => {
  const { person, scope } = whoOf(asked)
  const passkeys = await asked.services.identity.passkeys.list(scope.asker, person.id)
  return { items: passkeys.map(passkeyShape) }
})

const registration = bound(sessionContracts.passkeyRegistration, async (asked) => {
  const { person } = signedInOf(asked)
  const { services } = asked
  return { options: { ...(await services.identity.passkeys.registrationOptions(person, siteOf(services))) } }
})

const addPasskey = bound(sessionContracts.addPasskey, async (asked) => {
  const { person } = signedInOf(asked)
  const { services, body, speak } = asked
  const given = { name: body.name, response: read<Registration>(body.credential) }
  return passkeyShape(accepted(await services.identity.passkeys.register(person, siteOf(services), given), speak))
})

const removePasskey = bound(sessionContracts.removePasskey, async (asked) => {
  const { person } = signedInOf(asked)
  const { services, params, speak } = asked
  accepted(await services.identity.passkeys.remove(actorOf(person), person.id, params.id), speak)
  return undefined
})

const signInOptions = bound(sessionContracts.passkeySignInOptions, async ({ services }) => {
  return { options: { ...(await services.identity.passkeys.signInOptions(siteOf(services))) } }
})

const signIn = bound(sessionContracts.passkeySignIn, async (asked) => {
  const { services, body, request, speak } = asked
  const given = { response: read<Authentication>(body.credential), address: request.ip }
  const person = await services.identity.passkeys.signIn(siteOf(services), given)
  if (isRefused(person)) throw notEntered(person, speak)
  return enter(asked, person, 'passkey')
})

function read<T>(given: unknown): T {
  const { success, data, error } = credential.safeParse(given)
  if (success) return data as unknown as T
  const parts = error.issues.map(({ path, message }) => ({ place: ['body', 'credential', ...path].join('.'), message }))
  throw new Refused(400, 'bad-request', { parts })
}

function siteOf(services: Services): Site {
  const { hostname, origin } = new URL(services.origin())
  return { rpId: hostname, origin }
}

function passkeyShape({ id, name, createdAt, lastUsedAt }: Passkey) {
  return { id, name, createdAt, lastUsedAt: lastUsedAt ?? null }
}

/** One's own passkeys, and signing in by one. */
export const passkeyRoutes: BoundRoute[] = [
  ...[listPasskeys, registration, addPasskey, removePasskey],
  ...[signInOptions, signIn],
]
