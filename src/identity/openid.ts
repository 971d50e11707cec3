import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
} from 'openid-client'
import { attemptSucceeded, countAttempt, tellFailure } from './attempts.ts'
import { keepChallenge, takeChallenge } from './challenges.ts'
import { companyPerson } from './company-people.ts'
import { isRefused, type Refused, refuse } from './fault.ts'
import { isLoopback, type OpenIdConfig } from './openid-config.ts'
import type { IdentityParts } from './parts.ts'
import type { Person } from './person.ts'
import { digestOf, newSecret } from './secrets.ts'

const LASTS_MS = 10 * 60_000
const KNOWN_FOR_MS = 3600 * 1000

/** Where a browser is sent, and what its cookie must bring back so that nobody is signed in by another's link. */
export interface OpenIdBegin {
  url: string
  binding: string
}

interface Kept {
  issuer: string
  redirectUri: string
  returnTo: string
  verifier: string
  nonce: string
  binding: string
}

/** Signing in at a company's own provider: authorization code with PKCE, state and nonce, each good for once. */
export class OpenId {
  readonly #parts: IdentityParts
  readonly #providers = new Map<string, { provider: Promise<Configuration>; readAt: number }>()

  constructor(parts: IdentityParts) {
    this.#parts = parts
  }

  /** Begins a sign-in. `redirectUri` is the address of our own that the provider sends the browser back to. */
  async begin(config: OpenIdConfig, to: { redirectUri: string; returnTo: string }): Promise<OpenIdBegin | Refused> {
    const provider = await this.#provider(config)
    if (!provider) return refuse('unavailable', 'openid-unreachable', { issuer: config.issuer })
    const [state, verifier, nonce, binding] = [0, 1, 2, 3].map(() => newSecret(this.#parts.random)) as [
      string,
      string,
      string,
      string,
    ]
    const kept: Kept = { issuer: config.issuer, ...to, verifier, nonce, binding: digestOf(binding) }
    await keepChallenge(this.#parts, {
      challenge: state,
      purpose: 'openid',
      value: JSON.stringify(kept),
      lastsMs: LASTS_MS,
    })
    const url = buildAuthorizationUrl(provider, {
      redirect_uri: to.redirectUri,
      scope: config.scopes.join(' '),
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    })
    return { url: url.href, binding }
  }

  /** Ends a sign-in with the query that the provider sent the browser back with, and the cookie set at its beginning. */
  async finish(
    config: OpenIdConfig,
    came: { query: string; binding: string; address: string },
  ): Promise<{ person: Person; returnTo: string } | Refused> {
    const attempt = await countAttempt(this.#parts, { address: came.address })
    if ('refused' in attempt) return attempt
    const outcome = await this.#finish(config, came)
    if (isRefused(outcome)) {
      const why = outcome.faults[0]?.message.id ?? ''
      await tellFailure(this.#parts, 'nobody', { way: 'oidc', why, address: came.address })
    } else await attemptSucceeded(this.#parts, attempt)
    return outcome
  }

  async #finish(
    config: OpenIdConfig,
    { query, binding }: { query: string; binding: string },
  ): Promise<{ person: Person; returnTo: string } | Refused> {
    const state = new URLSearchParams(query).get('state') ?? ''
    const value = await takeChallenge(this.#parts, state, 'openid')
    const kept = value === undefined ? undefined : (JSON.parse(value) as Kept)
    if (!kept || kept.binding !== digestOf(binding) || kept.issuer !== config.issuer)
      return refuse('denied', 'openid-state')
    const provider = await this.#provider(config)
    if (!provider) return refuse('unavailable', 'openid-unreachable', { issuer: config.issuer })
    const claims = await claimsOf(provider, kept, state, query)
    if (!claims) return refuse('denied', 'openid-refused')
    const person = await companyPerson(this.#parts, config, claims)
    return isRefused(person) ? person : { person, returnTo: kept.returnTo }
  }

  // What the provider says of itself is asked for anew after an hour, and after it could not be reached.
  async #provider(config: OpenIdConfig): Promise<Configuration | undefined> {
    const { issuer, clientId, clientSecret } = config
    const key = digestOf(JSON.stringify([issuer, clientId, clientSecret ?? '']))
    const nowMs = Date.parse(this.#parts.now())
    const known = this.#providers.get(key)
    const entry =
      known && nowMs - known.readAt < KNOWN_FOR_MS
        ? known
        : {
            provider: discovery(new URL(issuer), clientId, clientSecret, undefined, {
              timeout: 10,
              execute: isLoopback(issuer) ? [allowInsecureRequests] : [],
            }),
            readAt: nowMs,
          }
    this.#providers.set(key, entry)
    try {
      return await entry.provider
    } catch {
      if (this.#providers.get(key) === entry) this.#providers.delete(key)
      return undefined
    }
  }
}

async function claimsOf(
  provider: Configuration,
  kept: Kept,
  state: string,
  query: string,
): Promise<(Record<string, unknown> & { sub: string }) | undefined> {
  const url = new URL(kept.redirectUri)
  url.search = query
  try {
    const answer = await authorizationCodeGrant(provider, url, {
      expectedState: state,
      expectedNonce: kept.nonce,
      pkceCodeVerifier: kept.verifier,
      idTokenExpected: true,
    })
    const claims = answer.claims()
    if (!claims) return undefined
    const more = provider.serverMetadata().userinfo_endpoint
      ? await fetchUserInfo(provider, answer.access_token, claims.sub)
      : {}
    return { ...more, ...claims }
  } catch {
    return undefined
  }
}
