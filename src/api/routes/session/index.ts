import { actorOf, isRefused, type Person } from '../../../identity/index.ts'
import { COOKIE } from '../../access.ts'
import { type Asked, type BoundRoute, bound, whoOf } from '../../asked.ts'
import { accepted, notFound } from '../../refused.ts'
import { signedInOf } from '../../signed-in.ts'
import { cookieOf, currentSession, enter, notEntered } from './begin.ts'
import { sessionContracts } from './contract.ts'
import { openIdRoutes } from './openid.ts'
import { passkeyRoutes } from './passkeys.ts'

const signIn = bound(sessionContracts.signIn, async (asked) => {
  const { body, services, request, speak } = asked
  const person = await services.identity.passwords.signIn({ ...body, address: request.ip })
  if (isRefused(person)) throw notEntered(person, speak)
  return enter(asked, person, 'password')
})

const signOut = bound(sessionContracts.signOut, async (asked) => {
  const { person, session } = signedInOf(asked)
  await asked.services.identity.sessions.end(actorOf(person), person.id, session.id)
  asked.reply.clearCookie(COOKIE, cookieOf(asked.services))
  return undefined
})

const beginFirst = bound(sessionContracts.beginFirst, async (asked) => {
  const { body, services, language, speak } = asked
  const { link, ...said } = body
  const person = await services.identity.links.becomeAdministrator(link, { ...said, language })
  return enter(asked, accepted(person, speak), 'link')
})

const getInvitation = bound(sessionContracts.getInvitation, async ({ params, services, speak }) => {
  const seen = accepted(await services.identity.links.look(params.link), speak)
  if (!seen.person) throw notFound()
  const { name, email } = seen.person
  return { name, email, purpose: seen.kind === 'invitation' ? ('invitation' as const) : ('reset' as const) }
})

const acceptInvitation = bound(sessionContracts.acceptInvitation, async (asked) => {
  const { params, body, services, speak } = asked
  const person = accepted(await services.identity.links.setPassword(params.link, body.password), speak)
  return enter(asked, person, 'link')
})

const changePassword = bound(sessionContracts.changePassword, async (asked) => {
  const { body, services, request, speak } = asked
  const { person } = signedInOf(asked)
  const { current, password: next } = body
  const given = { next, address: request.ip, ...(current === undefined ? {} : { current }) }
  accepted(await services.identity.passwords.change(person, given), speak)
  // All sessions ended with the old password; whoever changed it stays.
  return enter(asked, await asTheyAre(asked, person), 'password')
})

const changeMyself = bound(sessionContracts.changeMyself, async (asked) => {
  const { body, services, speak } = asked
  const who = signedInOf(asked)
  const person = accepted(await services.identity.people.change(actorOf(who.person), who.person.id, body), speak)
  return currentSession({ ...asked, who: { ...who, person } })
})

const listSessions = bound(sessionContracts.listSessions, async (asked) => {
  const { person, scope, session: current } = whoOf(asked)
  const sessions = await asked.services.identity.sessions.list(scope.asker, person.id)
  const items = sessions.map(({ id, createdAt, seenAt: lastSeenAt, agent, address }) => {
    return { id, current: id === current?.id, createdAt, lastSeenAt, agent, address }
  })
  return { items }
})

const endSession = bound(sessionContracts.endSession, async (asked) => {
  const { person, session } = signedInOf(asked)
  const { services, params, reply, speak } = asked
  accepted(await services.identity.sessions.end(actorOf(person), person.id, params.id), speak)
  if (params.id === session.id) reply.clearCookie(COOKIE, cookieOf(services))
  return undefined
})

async function asTheyAre({ services }: Asked, person: Person): Promise<Person> {
  return (await services.identity.people.byId(person.id)) ?? person
}

/** Signing in and out, and what is one's own. */
export const sessionRoutes: BoundRoute[] = [
  bound(sessionContracts.getSession, currentSession),
  ...[signIn, signOut, beginFirst, getInvitation, acceptInvitation],
  ...[changePassword, changeMyself, listSessions, endSession],
  ...passkeyRoutes,
  ...openIdRoutes,
]
