import { PARTNER } from '../../../evidence/index.ts'
import {
  type ApiToken,
  actorOf,
  familiesOf,
  type Person,
  type Right,
  ROLES,
  type Role,
  rightsOf,
} from '../../../identity/index.ts'
import { type Asked, type BoundRoute, bound, type Services, whoOf } from '../../asked.ts'
import { accepted } from '../../refused.ts'
import { signedInOf } from '../../signed-in.ts'
import { peopleContracts } from './contract.ts'

const listPeople = bound(peopleContracts.listPeople, async (asked) => {
  const people = await asked.services.identity.people.list(whoOf(asked).scope.asker)
  return { items: people.map(personShape) }
})

const listRoles = bound(peopleContracts.listRoles, async (asked) => {
  const { services, speak } = asked
  const roles = ROLES.map((id) => {
    const holder = { roles: [id], disabled: false }
    return { id, name: speak.word(`role.${id}`), families: familiesOf(holder), rights: rightsOf(holder) }
  })
  const { asker } = whoOf(asked).scope
  const facts = await services.ledger.asking(asker, (reads) => reads.facts(services.today(), ['instances']))
  const owners = new Set(facts.map((fact) => fact.owner))
  owners.delete(PARTNER)
  return { roles, customers: [...owners].filter((owner) => !owner.startsWith('instance:')).sort() }
})

const invitePerson = bound(peopleContracts.invitePerson, async (asked) => {
  const { services, body, language, speak } = asked
  const by = actorOf(whoOf(asked).person)
  const { roles, ...rest } = body
  const said = { language, ...rest, roles: roles as Role[] }
  const person = accepted(await services.identity.people.create(by, said), speak)
  return { person: personShape(person), ...(await linkFor(asked, person.id, 'invitation')) }
})

const changePerson = bound(peopleContracts.changePerson, async (asked) => {
  const { services, params, body, speak } = asked
  const { roles, ...rest } = body
  const changes = { ...rest, ...(roles ? { roles: roles as Role[] } : {}) }
  const by = actorOf(whoOf(asked).person)
  return personShape(accepted(await services.identity.people.change(by, params.id, changes), speak))
})

const resetPerson = bound(peopleContracts.resetPerson, async (asked) => {
  const { asker } = whoOf(asked).scope
  const person = await asked.services.identity.people.seen(asker, asked.params.id)
  const isNew = person && !person.signIn.password && !person.signIn.oidc && person.signIn.passkeys === 0
  return linkFor(asked, asked.params.id, isNew ? 'invitation' : 'password-reset')
})

const listTokens = bound(peopleContracts.listTokens, async (asked) => {
  const { person, scope } = whoOf(asked)
  const tokens = await asked.services.identity.tokens.list(scope.asker, person.id)
  return { items: tokens.map(tokenShape) }
})

const makeToken = bound(peopleContracts.makeToken, async (asked) => {
  const { services, body, speak } = asked
  const { person } = signedInOf(asked)
  const said = { ...body, rights: body.rights as Right[] }
  const { token, secret } = accepted(await services.identity.tokens.create(person, said), speak)
  return { ...tokenShape(token), text: secret }
})

const revokeToken = bound(peopleContracts.revokeToken, async (asked) => {
  const { person } = signedInOf(asked)
  const { services, params, speak } = asked
  accepted(await services.identity.tokens.revoke(actorOf(person), person.id, params.id), speak)
  return undefined
})

async function linkFor(asked: Asked, person: string, kind: 'invitation' | 'password-reset') {
  const { services, speak } = asked
  const by = actorOf(whoOf(asked).person)
  const { secret, expiresAt } = accepted(await services.identity.links.make(by, person, kind), speak)
  return { link: invitationLink(services, secret), expiresAt }
}

// After the number sign, so that no server on the way and no log ever sees it.
function invitationLink({ origin }: Services, secret: string): string {
  return `${origin()}/invitation#${secret}`
}

function personShape({ roles, customers, ...person }: Person) {
  const { id, name, email, language, disabled, createdAt, signIn } = person
  return { id, name, email, roles: [...roles], customers: [...customers], language, disabled, createdAt, signIn }
}

function tokenShape({ id, name, rights, createdAt, expiresAt, lastUsedAt, revokedAt }: ApiToken) {
  const at = { createdAt, expiresAt, lastUsedAt: lastUsedAt ?? null, revokedAt: revokedAt ?? null }
  return { id, name, rights: [...rights], ...at }
}

/** People, their roles, and tokens for programs. */
export const peopleRoutes: BoundRoute[] = [
  ...[listPeople, listRoles, invitePerson, changePerson, resetPerson],
  ...[listTokens, makeToken, revokeToken],
]
