import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'

/** What the provider says of who signs in next. */
export interface Account {
  sub: string
  [claim: string]: unknown
}

/** A real OpenID Connect provider on the loopback, at which whoever is `next` signs in without being asked. */
export interface RunningProvider {
  issuer: string
  redirectUri: string
  next: Account
  /** Follows the browser's way from a beginning to our own address, and gives the query it comes back with. */
  visit(url: string): Promise<string>
  stop(): Promise<void>
}

/** Starts a provider with one client, `convenio`, whose secret is `the secret of the client`. */
export async function startProvider(redirectUri = 'http://127.0.0.1:4600/sign-in/company'): Promise<RunningProvider> {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const running: RunningProvider = {
    issuer,
    redirectUri,
    next: { sub: 'nobody' },
    visit: (url) => follow(url, running.redirectUri),
    stop: () => stop(server),
  }
  const accounts = new Map<string, Account>()
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'convenio',
        client_secret: 'the secret of the client',
        redirect_uris: [running.redirectUri],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'locale', 'groups'] },
    cookies: { keys: ['a key of this test'] },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: async () => accounts.get(id) }),
    loadExistingGrant: grantAll,
  })
  const answer = provider.callback()
  server.on('request', async (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return answer(request, response)
    accounts.set(running.next.sub, running.next)
    const login = { accountId: running.next.sub }
    await provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false })
  })
  return running
}

interface Granting {
  oidc: {
    client: { clientId: string }
    session: { accountId: string }
    provider: { Grant: new (of: object) => { addOIDCScope(scope: string): void; save(): Promise<string> } }
  }
}

async function grantAll({ oidc: { client, session, provider } }: Granting): Promise<object> {
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId })
  grant.addOIDCScope('openid email profile')
  await grant.save()
  return grant
}

async function follow(url: string, redirectUri: string): Promise<string> {
  const cookies = new Map<string, string>()
  for (let steps = 0, at = url; steps < 10; steps += 1) {
    const headers = { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
    const answer = await fetch(at, { redirect: 'manual', headers })
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      cookies.set(name, value)
    }
    const next = answer.headers.get('location')
    if (next === null) throw new Error(`${answer.status} ${await answer.text()}`)
    at = new URL(next, at).href
    if (at.startsWith(redirectUri)) return new URL(at).search
  }
  throw new Error('the way has no end')
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
}
