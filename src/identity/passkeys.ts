import {
  type AuthenticationResponseJSON,
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { Asker } from '../evidence/ledger/asker.ts'
import { attemptSucceeded, countAttempt, tellFailure } from './attempts.ts'
import { keepChallenge, takeChallenge } from './challenges.ts'
import { faultOf, type Refused, refuse } from './fault.ts'
import { actorOf, asking, change, type IdentityParts, moment, recordsOf } from './parts.ts'
import { isPlainText, readPeople } from './people.ts'
import type { Person } from './person.ts'

const LASTS_MS = 5 * 60_000

/** For which site passkeys are made. */
export interface Site {
  /** The name of the host, such as `convenio.example`. */
  rpId: string
  /** Where the pages come from, such as `https://convenio.example`. */
  origin: string
}

/** A passkey as its person sees it. */
export interface Passkey {
  id: string
  name: string
  backedUp: boolean
  createdAt: string
  lastUsedAt?: string
}

/** Passkeys by WebAuthn: discoverable, user verification preferred, no attestation asked for. */
export class Passkeys {
  readonly #parts: IdentityParts

  constructor(parts: IdentityParts) {
    this.#parts = parts
  }

  /** What a browser needs to make a passkey for a person. */
  async registrationOptions(person: Person, { rpId }: Site): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const own = await recordsOf(this.#parts)
      .selectFrom('passkeys')
      .select(['id', 'transports'])
      .where('person', '=', person.id)
      .execute()
    const options = await generateRegistrationOptions({
      rpName: 'Convenio',
      rpID: rpId,
      userName: person.email,
      userDisplayName: person.name,
      userID: new TextEncoder().encode(person.id),
      challenge: Uint8Array.from(this.#parts.random(32)),
      timeout: LASTS_MS,
      attestationType: 'none',
      excludeCredentials: own.map(({ id, transports }) => ({ id, transports: JSON.parse(transports) })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'preferred' },
    })
    await this.#keep(options.challenge, `passkey-registration:${person.id}`)
    return options
  }

  /** Takes over the passkey that a browser made of those options. */
  async register(
    person: Person,
    { rpId, origin }: Site,
    { name, response }: { name: string; response: RegistrationResponseJSON },
  ): Promise<Passkey | Refused> {
    if (!isPlainText(name, 100)) return { refused: 'input', faults: [faultOf('name', 'bad-name')] }
    const made = await verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => this.#take(challenge, `passkey-registration:${person.id}`),
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: false,
    }).catch(() => undefined)
    if (!made?.verified) return refuse('denied', 'passkey-refused')
    const { credential, credentialBackedUp } = made.registrationInfo
    const passkey: Passkey = {
      id: credential.id,
      name: name.trim(),
      backedUp: credentialBackedUp,
      createdAt: moment(this.#parts),
    }
    const outcome = await change(this.#parts, actorOf(person), async (db, tell): Promise<Passkey | Refused> => {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('passkeys')
        .values({
          id: passkey.id,
          agreement: this.#parts.ledger.agreement,
          person: person.id,
          name: passkey.name,
          public_key: Buffer.from(credential.publicKey).toString('base64url'),
          counter: String(credential.counter),
          transports: JSON.stringify(credential.transports ?? []),
          backed_up: credentialBackedUp,
          created_at: passkey.createdAt,
          last_used_at: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      if (numInsertedOrUpdatedRows !== 1n) return refuse('conflict', 'passkey-known')
      await tell('passkey-added', person.id)
      return passkey
    })
    this.#parts.memory.forget(person.id)
    return outcome
  }

  /** What a browser needs to sign somebody in by whatever passkey they choose. */
  async signInOptions({ rpId }: Site): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const options = await generateAuthenticationOptions({
      rpID: rpId,
      challenge: Uint8Array.from(this.#parts.random(32)),
      timeout: LASTS_MS,
      userVerification: 'preferred',
    })
    await this.#keep(options.challenge, 'passkey-sign-in')
    return options
  }

  /** The person whose passkey answered. One whose counter goes back may have been copied, and is refused. */
  async signIn(
    { rpId, origin }: Site,
    { response, address }: { response: AuthenticationResponseJSON; address: string },
  ): Promise<Person | Refused> {
    const attempt = await countAttempt(this.#parts, { address })
    if ('refused' in attempt) return attempt
    const known = await this.#known(response.id)
    const failed = async (why: 'passkey-refused' | 'passkey-counter'): Promise<Refused> => {
      await tellFailure(this.#parts, known?.person ?? 'nobody', { way: 'passkey', why, address })
      return refuse('denied', why)
    }
    if (!known) return failed('passkey-refused')
    const answered = await verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) => this.#take(challenge, 'passkey-sign-in'),
      expectedOrigin: origin,
      expectedRPID: rpId,
      requireUserVerification: false,
      credential: {
        id: known.id,
        publicKey: Uint8Array.from(Buffer.from(known.public_key, 'base64url')),
        // The counter is compared below, in the statement that moves it on.
        counter: 0,
        transports: JSON.parse(known.transports) as AuthenticatorTransport[],
      },
    }).catch(() => undefined)
    const handle = response.response?.userHandle
    const owned = typeof handle !== 'string' || Buffer.from(handle, 'base64url').toString() === known.person
    if (!answered?.verified || !owned) return failed('passkey-refused')
    if (!(await this.#moveOn(known.id, answered.authenticationInfo))) return failed('passkey-counter')
    const person = (await readPeople(recordsOf(this.#parts), this.#parts.ledger.agreement, { id: known.person }))[0]
    if (!person || person.disabled) return failed('passkey-refused')
    await attemptSucceeded(this.#parts, attempt)
    return person
  }

  /** The passkeys of a person, as whoever asks may see them. */
  list(asker: Asker, person: string): Promise<Passkey[]> {
    return asking(this.#parts, asker, async (db) => {
      const rows = await db
        .selectFrom('passkeys')
        .select(['id', 'name', 'backed_up', 'created_at', 'last_used_at'])
        .where('agreement', '=', this.#parts.ledger.agreement)
        .where('person', '=', person)
        .orderBy('created_at')
        .orderBy('id')
        .execute()
      return rows.map(({ backed_up, created_at, last_used_at, ...same }) => ({
        ...same,
        backedUp: backed_up,
        createdAt: created_at,
        ...(last_used_at === null ? {} : { lastUsedAt: last_used_at }),
      }))
    })
  }

  /** Removes a passkey of a person. */
  async remove(by: string, person: string, id: string): Promise<{ removed: string } | Refused> {
    const outcome = await change(this.#parts, by, async (db, tell): Promise<{ removed: string } | Refused> => {
      const { numDeletedRows } = await db
        .deleteFrom('passkeys')
        .where('agreement', '=', this.#parts.ledger.agreement)
        .where('person', '=', person)
        .where('id', '=', id)
        .executeTakeFirst()
      if (numDeletedRows === 0n) return refuse('unknown', 'no-such-passkey')
      await tell('passkey-removed', person)
      return { removed: id }
    })
    this.#parts.memory.forget(person)
    return outcome
  }

  async #known(id: unknown) {
    if (typeof id !== 'string') return undefined
    return recordsOf(this.#parts)
      .selectFrom('passkeys')
      .select(['id', 'person', 'public_key', 'transports'])
      .where('id', '=', id)
      .where('agreement', '=', this.#parts.ledger.agreement)
      .executeTakeFirst()
  }

  // Authenticators that do not count say 0 each time; one that has counted once never goes back.
  async #moveOn(id: string, { newCounter, credentialBackedUp }: { newCounter: number; credentialBackedUp: boolean }) {
    const { numUpdatedRows } = await recordsOf(this.#parts)
      .updateTable('passkeys')
      .set({ counter: String(newCounter), backed_up: credentialBackedUp, last_used_at: moment(this.#parts) })
      .where('id', '=', id)
      .where('counter', newCounter === 0 ? '=' : '<', String(newCounter))
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  #keep(challenge: string, purpose: string): Promise<void> {
    return keepChallenge(this.#parts, { challenge, purpose, value: '', lastsMs: LASTS_MS })
  }

  async #take(challenge: string, purpose: string): Promise<boolean> {
    return (await takeChallenge(this.#parts, challenge, purpose)) !== undefined
  }
}
