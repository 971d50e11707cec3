import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

/** What an authenticator of a test is told to do otherwise than a good one would. */
export interface Otherwise {
  origin?: string
  challenge?: string
  counter?: number
  /** Signs with another key. */
  forged?: boolean
  /** Answers for another person. */
  userHandle?: string
  rpId?: string
}

/** An authenticator in software: one ES256 key, no attestation, a counter that goes up by one. */
export class Authenticator {
  readonly id = randomBytes(24)
  counter = 0
  readonly #pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  #userHandle = ''

  /** Answers what a site asks to make a passkey. */
  create(
    options: { challenge: string; rp: { id?: string | undefined }; user: { id: string } },
    origin: string,
    otherwise: Otherwise = {},
  ): RegistrationResponseJSON {
    this.#userHandle = options.user.id
    const rpId = otherwise.rpId ?? options.rp.id ?? ''
    const credential = Buffer.concat([Buffer.alloc(16), uint16(this.id.length), this.id, coseKey(this.#pair.publicKey)])
    const authData = Buffer.concat([this.#head(rpId, 0x45, otherwise), credential])
    const attestationObject = cborMap([
      [cborText('fmt'), cborText('none')],
      [cborText('attStmt'), cborMap([])],
      [cborText('authData'), cborBytes(authData)],
    ])
    const clientDataJSON = clientData(
      'webauthn.create',
      otherwise.challenge ?? options.challenge,
      otherwise.origin ?? origin,
    )
    return {
      ...this.#named(),
      response: {
        clientDataJSON: clientDataJSON.toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      },
    }
  }

  /** Answers what a site asks to sign somebody in. */
  get(
    options: { challenge: string; rpId?: string | undefined },
    origin: string,
    otherwise: Otherwise = {},
  ): AuthenticationResponseJSON {
    this.counter += 1
    const clientDataJSON = clientData(
      'webauthn.get',
      otherwise.challenge ?? options.challenge,
      otherwise.origin ?? origin,
    )
    const authenticatorData = this.#head(otherwise.rpId ?? options.rpId ?? '', 0x05, otherwise)
    const signed = Buffer.concat([authenticatorData, createHash('sha256').update(clientDataJSON).digest()])
    const key = otherwise.forged ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey : this.#pair.privateKey
    return {
      ...this.#named(),
      response: {
        clientDataJSON: clientDataJSON.toString('base64url'),
        authenticatorData: authenticatorData.toString('base64url'),
        signature: sign('sha256', signed, key).toString('base64url'),
        userHandle: otherwise.userHandle ?? this.#userHandle,
      },
    }
  }

  #named() {
    const id = this.id.toString('base64url')
    return { id, rawId: id, type: 'public-key' as const, clientExtensionResults: {} }
  }

  // Hash of the site, flags, counter.
  #head(rpId: string, flags: number, otherwise: Otherwise): Buffer {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(otherwise.counter ?? this.counter)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), counter])
  }
}

function clientData(type: string, challenge: string, origin: string): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
}

// RFC 9053: key type EC2, algorithm ES256, curve P-256, x, y.
function coseKey(key: KeyObject): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' })
  return cborMap([
    [Buffer.from([0x01]), Buffer.from([0x02])],
    [Buffer.from([0x03]), Buffer.from([0x26])],
    [Buffer.from([0x20]), Buffer.from([0x01])],
    [Buffer.from([0x21]), cborBytes(Buffer.from(x, 'base64url'))],
    [Buffer.from([0x22]), cborBytes(Buffer.from(y, 'base64url'))],
  ])
}

function cborMap(pairs: readonly (readonly [Buffer, Buffer])[]): Buffer {
  return Buffer.concat([Buffer.from([0xa0 + pairs.length]), ...pairs.flat()])
}

function cborText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
}

function cborBytes(bytes: Buffer): Buffer {
  const head =
    bytes.length < 24
      ? Buffer.from([0x40 + bytes.length])
      : bytes.length < 256
        ? Buffer.from([0x58, bytes.length])
        : Buffer.concat([Buffer.from([0x59]), uint16(bytes.length)])
  return Buffer.concat([head, bytes])
}

function uint16(value: number): Buffer {
  return Buffer.from([value >> 8, value & 0xff])
}
