import { z } from 'zod'
import { contract } from '../../route.ts'
import { family } from '../../shapes.ts'

const email = z.string().min(3).max(254)
const password = z.string().min(1).max(1024)

/** Who is signed in, and in what. */
export const sessionShape = z
  .object({
    person: z
      .object({
        id: z.string(),
        name: z.string(),
        email: z.string(),
        roles: z.array(z.string()),
        customers: z.array(z.string()),
        language: z.enum(['en', 'es']),
      })
      .nullable(),
    rights: z.array(z.string()),
    families: z.array(family),
    customer: z.boolean(),
    /** To be sent back as `x-csrf-token` with every write. */
    csrf: z.string().nullable(),
    /** Nobody is here yet: the one-time link of the server's log makes the first administrator. */
    empty: z.boolean(),
    /** PGlite keeps the records: the trial of one trusted person. */
    trial: z.boolean(),
    /** The company whose sign-in may be used, if there is one. */
    providers: z.array(z.object({ id: z.string(), name: z.string() })),
    agreement: z.object({ id: z.string(), title: z.string() }).nullable(),
    today: z.string(),
    version: z.string(),
  })
  .meta({ id: 'Session' })

const ownSession = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: z.string(),
  lastSeenAt: z.string(),
  agent: z.string(),
  address: z.string(),
})
const passkey = z.object({ id: z.string(), name: z.string(), createdAt: z.string(), lastUsedAt: z.string().nullable() })
const options = z.object({ options: z.record(z.string(), z.unknown()) })
/** What a browser's authenticator gave, as WebAuthn writes it in JSON. */
const credential = z.object({ credential: z.record(z.string(), z.unknown()) })

/** Signing in and out, and what is one's own. */
export const sessionContracts = {
  getSession: contract({
    id: 'getSession',
    method: 'GET',
    path: '/session',
    summary: 'Who is signed in',
    allows: 'anybody',
    answer: sessionShape,
  }),
  signIn: contract({
    id: 'signIn',
    method: 'POST',
    path: '/session',
    summary: 'Sign in with e-mail and password',
    allows: 'anybody',
    body: z.object({ email, password }),
    answer: sessionShape,
    secret: true,
    perMinute: 30,
  }),
  signOut: contract({ id: 'signOut', method: 'DELETE', path: '/session', summary: 'Sign out', allows: 'signed-in' }),
  beginFirst: contract({
    id: 'beginFirst',
    method: 'POST',
    path: '/first-administrator',
    summary: 'Make the first administrator with the one-time link of the server’s log',
    allows: 'anybody',
    body: z.object({ link: z.string().max(200), name: z.string().min(1).max(200), email, password }),
    answer: sessionShape,
    secret: true,
    perMinute: 30,
  }),
  getInvitation: contract({
    id: 'getInvitation',
    method: 'GET',
    path: '/invitations/:link',
    summary: 'Whom a link invites',
    allows: 'anybody',
    params: z.object({ link: z.string().max(200) }),
    answer: z.object({ name: z.string(), email: z.string(), purpose: z.enum(['invitation', 'reset']) }),
    perMinute: 60,
  }),
  acceptInvitation: contract({
    id: 'acceptInvitation',
    method: 'POST',
    path: '/invitations/:link',
    summary: 'Take up an invitation or a reset by choosing a password',
    allows: 'anybody',
    params: z.object({ link: z.string().max(200) }),
    body: z.object({ password }),
    answer: sessionShape,
    secret: true,
    perMinute: 30,
  }),
  changePassword: contract({
    id: 'changePassword',
    method: 'PUT',
    path: '/session/password',
    summary: 'Change one’s own password; ends all other sessions',
    allows: 'signed-in',
    body: z.object({ current: password.optional(), password }),
    answer: sessionShape,
    secret: true,
    perMinute: 10,
  }),
  changeMyself: contract({
    id: 'changeMyself',
    method: 'PATCH',
    path: '/session/person',
    summary: 'Change one’s own name or language',
    allows: 'signed-in',
    body: z.object({ name: z.string().min(1).max(200).optional(), language: z.enum(['en', 'es']).optional() }),
    answer: sessionShape,
    secret: true,
  }),
  listSessions: contract({
    id: 'listSessions',
    method: 'GET',
    path: '/session/sessions',
    summary: 'Where one is signed in',
    allows: 'signed-in',
    answer: z.object({ items: z.array(ownSession) }),
  }),
  endSession: contract({
    id: 'endSession',
    method: 'DELETE',
    path: '/session/sessions/:id',
    summary: 'End one of one’s own sessions',
    allows: 'signed-in',
    params: z.object({ id: z.string().max(100) }),
  }),
  listPasskeys: contract({
    id: 'listPasskeys',
    method: 'GET',
    path: '/session/passkeys',
    summary: 'One’s own passkeys',
    allows: 'signed-in',
    answer: z.object({ items: z.array(passkey) }),
  }),
  passkeyRegistration: contract({
    id: 'passkeyRegistration',
    method: 'POST',
    path: '/session/passkeys/options',
    summary: 'What the browser needs to make a passkey',
    allows: 'signed-in',
    answer: options,
  }),
  addPasskey: contract({
    id: 'addPasskey',
    method: 'POST',
    path: '/session/passkeys',
    summary: 'Keep a passkey that the browser made',
    allows: 'signed-in',
    body: credential.extend({ name: z.string().min(1).max(100) }),
    answer: passkey,
    status: 201,
  }),
  removePasskey: contract({
    id: 'removePasskey',
    method: 'DELETE',
    path: '/session/passkeys/:id',
    summary: 'Remove a passkey',
    allows: 'signed-in',
    params: z.object({ id: z.string().max(1000) }),
  }),
  passkeySignInOptions: contract({
    id: 'passkeySignInOptions',
    method: 'POST',
    path: '/session/passkey/options',
    summary: 'What the browser needs to sign in with a passkey',
    allows: 'anybody',
    answer: options,
    perMinute: 60,
  }),
  passkeySignIn: contract({
    id: 'passkeySignIn',
    method: 'POST',
    path: '/session/passkey',
    summary: 'Sign in with a passkey',
    allows: 'anybody',
    body: credential,
    answer: sessionShape,
    secret: true,
    perMinute: 30,
  }),
  beginOpenId: contract({
    id: 'beginOpenId',
    method: 'GET',
    path: '/openid/:provider',
    summary: 'Go to a company’s sign-in (redirects)',
    allows: 'anybody',
    params: z.object({ provider: z.string().max(100) }),
    query: z.object({ to: z.string().max(2000).optional().describe('the page to come back to') }),
    status: 302,
    perMinute: 60,
  }),
  endOpenId: contract({
    id: 'endOpenId',
    method: 'GET',
    path: '/openid/:provider/callback',
    summary: 'Come back from a company’s sign-in (redirects)',
    allows: 'anybody',
    params: z.object({ provider: z.string().max(100) }),
    query: z.looseObject({}),
    status: 302,
    perMinute: 60,
  }),
}
