import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { existsSync } from 'node:fs'
import { message } from '../../language/index.ts'
import { LedgerFault } from '../files.ts'
import { createKey, destroyKey, openFolder, ownersIn, pathsOf, readKey, removeKey, type Wrapping } from './key-files.ts'
import { openSegments, sealSegments } from './segments.ts'

/** What stands instead of a sealed text whose owner's key is destroyed already: nothing of the text is kept. */
export const ERASED = 'sealed:erased'

const PREFIX = 'sealed:1:'
const LONE_SURROGATE = /\p{Surrogate}/u

/** The secrets that follow from one owner's key, one for each purpose. */
export interface OwnerKey {
  readonly text: KeyObject
  readonly file: KeyObject
  readonly pseudonym: KeyObject
}

/** Whether an owner's personal data can be read, or ever will be. */
export type KeyState = 'present' | 'absent' | 'destroyed'

/** One key per owner of personal data, in a folder of its own; destroying a key erases what it sealed, wherever copies lie. */
export class Keyring {
  readonly #folder: string
  readonly #wrapping: Wrapping
  readonly #keys = new Map<string, OwnerKey>()
  readonly #paths = new Map<string, { key: string; tombstone: string }>()

  private constructor(folder: string, wrapping: Wrapping) {
    this.#folder = folder
    this.#wrapping = wrapping
  }

  /** Opens the folder, created when absent, and completes destructions that were cut off. */
  static async open(folder: string, { passphrase }: { passphrase?: string | undefined } = {}): Promise<Keyring> {
    const wrapping = openFolder(folder, passphrase)
    const keyring = new Keyring(folder, wrapping)
    for (const owner of ownersIn(folder, 'destroyed')) {
      if (existsSync(keyring.#pathsOf(owner).key)) keyring.destroy(owner)
    }
    return keyring
  }

  /** Owners whose key is here. */
  owners(): string[] {
    return ownersIn(this.#folder, 'key')
  }

  /** Owners whose key is destroyed; a restore destroys them again in the new place. */
  destroyed(): string[] {
    return ownersIn(this.#folder, 'destroyed')
  }

  /** Asks the disk, because another process may have destroyed the key a moment ago. */
  state(owner: string): KeyState {
    const paths = this.#pathsOf(owner)
    if (existsSync(paths.tombstone)) return 'destroyed'
    return existsSync(paths.key) ? 'present' : 'absent'
  }

  /** The owner's key; undefined when it is destroyed, or absent and not to be created. */
  keyOf(owner: string, { create = false }: { create?: boolean } = {}): OwnerKey | undefined {
    const paths = this.#pathsOf(owner)
    if (existsSync(paths.tombstone)) {
      this.#keys.delete(owner)
      return undefined
    }
    const known = this.#keys.get(owner)
    if (known !== undefined) return known
    let secret = readKey(paths.key, owner, this.#wrapping)
    if (secret === undefined && create) {
      createKey(paths.key, owner, this.#wrapping)
      // Destroyed while it was created: the tombstone wins.
      if (existsSync(paths.tombstone)) destroyKey(paths, owner)
      secret = readKey(paths.key, owner, this.#wrapping)
    }
    if (secret === undefined) return undefined
    const key = { text: derive(secret, 'text'), file: derive(secret, 'file'), pseudonym: derive(secret, 'pseudonym') }
    secret.fill(0)
    this.#keys.set(owner, key)
    return key
  }

  #pathsOf(owner: string): { key: string; tombstone: string } {
    const known = this.#paths.get(owner)
    if (known !== undefined) return known
    const paths = pathsOf(this.#folder, owner)
    this.#paths.set(owner, paths)
    return paths
  }

  /** Erases everything the owner's key sealed, for good. Repeating it does no harm; an owner without key gets none any more. */
  destroy(owner: string): void {
    this.#keys.delete(owner)
    destroyKey(this.#pathsOf(owner), owner)
  }

  /** Removes the key of an owner of whom nothing was kept, such as after a rehearsal; a later one will be another. */
  forget(owner: string): void {
    this.#keys.delete(owner)
    removeKey(this.#pathsOf(owner).key)
  }

  /** Seals a text with the owner's key, which is created when absent; gives ERASED when it is destroyed. */
  seal(owner: string, text: string): string {
    const key = this.keyOf(owner, { create: true })
    if (key === undefined) return ERASED
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key.text, nonce).setAAD(boundTo(owner))
    const body = cipher.update(bytesOf(text))
    cipher.final()
    return PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
  }

  /** The text again; undefined when the key is destroyed or absent (`state` tells which). A changed seal is a fault. */
  open(owner: string, sealed: string): string | undefined {
    if (sealed === ERASED) return undefined
    const broken = (cause?: unknown) => new LedgerFault(message('evidence/seal-broken', { path: owner }), cause)
    const bytes = Buffer.from(sealed.slice(PREFIX.length), 'base64url')
    // Decoding is lenient; only what would be written again like this was written by us.
    if (sealed !== PREFIX + bytes.toString('base64url') || bytes.length < 29) throw broken()
    const key = this.keyOf(owner)
    if (key === undefined) return undefined
    const decipher = createDecipheriv('aes-256-gcm', key.text, bytes.subarray(0, 12), { authTagLength: 16 })
    decipher.setAAD(boundTo(owner)).setAuthTag(bytes.subarray(12, 28))
    const text = decipher.update(bytes.subarray(28))
    try {
      decipher.final()
    } catch (error) {
      throw broken(error)
    }
    return textOf(text)
  }

  /** A name that stands for a person or number: the same for the same text of the same owner, and telling nothing of it. */
  pseudonym(owner: string, kind: string, text: string): string {
    if (!/^[a-z][a-z-]*$/.test(kind)) throw new TypeError(`not a kind of pseudonym: ${kind}`)
    const key = this.keyOf(owner, { create: true })
    if (key === undefined) return `${kind}-erased`
    const digest = createHmac('sha256', key.pseudonym).update(`${kind}\0`).update(bytesOf(text)).digest('hex')
    return `${kind}-${digest.slice(0, 16)}`
  }

  /** Seals a file of any size; false, and nothing written, when the key is destroyed. */
  async sealFile(owner: string, from: string, to: string): Promise<boolean> {
    const key = this.keyOf(owner, { create: true })
    if (key === undefined) return false
    await sealSegments(key.file, owner, from, to)
    return true
  }

  /** Opens a sealed file to `to`, which appears only when all of it was whole; false when the key is destroyed or absent. */
  async openFile(owner: string, from: string, to: string): Promise<boolean> {
    const key = this.keyOf(owner)
    if (key === undefined) return false
    await openSegments(key.file, owner, from, to)
    return true
  }
}

/** Whether a text is one that `seal` gave. */
export function isSealed(text: string): boolean {
  return text === ERASED || text.startsWith(PREFIX)
}

function derive(secret: Buffer, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), `convenio 1 ${purpose}`, 32)))
}

function boundTo(owner: string): Buffer {
  return Buffer.from(`${PREFIX}\0${owner}`, 'utf8')
}

// Halves of a pair, which cut-off texts have, would not survive UTF-8; the first byte says how the rest is written.
function bytesOf(text: string): Buffer {
  const lone = LONE_SURROGATE.test(text)
  return Buffer.concat([Buffer.from([lone ? 1 : 0]), Buffer.from(text, lone ? 'utf16le' : 'utf8')])
}

function textOf(bytes: Buffer): string {
  return bytes.subarray(1).toString(bytes[0] === 1 ? 'utf16le' : 'utf8')
}
