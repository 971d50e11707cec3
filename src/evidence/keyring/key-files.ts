import { createCipheriv, createDecipheriv, createHash, randomBytes, scryptSync } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { message } from '../../language/index.ts'
import { codeOf, createOnce, isTemporary, LedgerFault, located, replaceNow, syncFolderNow } from '../files.ts'

/** The secret that key files are wrapped with; undefined when they lie open and the file system alone protects them. */
export type Wrapping = Buffer | undefined

interface KeyFile {
  format: 'convenio-key'
  version: 1
  owner: string
  key?: string
  wrapped?: string
}

interface Settings {
  format: 'convenio-keyring'
  version: 1
  /** How the passphrase becomes the wrapping secret, and a text that only the right one opens. */
  scrypt?: { cost: number; blockSize: number; parallel: number; salt: string; proof: string }
}

const SETTINGS = 'keyring.json'
const SCRYPT = { cost: 1 << 17, blockSize: 8, parallel: 1 }
const DEAREST = 1 << 20

/** Opens the folder (created when absent) and gives the wrapping secret; a passphrase given later wraps the keys that are there. */
export function openFolder(folder: string, passphrase: string | undefined): Wrapping {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, SETTINGS)
  if (!existsSync(path)) createOnce(path, settingsText(passphrase), 0o600)
  let settings = readSettings(path)
  if (!passphrase) {
    if (settings.scrypt) throw new LedgerFault(message('evidence/passphrase-needed', { folder }))
    return undefined
  }
  if (!settings.scrypt) {
    replaceNow(path, settingsText(passphrase), 0o600)
    settings = readSettings(path)
  }
  const wrapping = wrappingOf(passphrase, settings)
  if (unwrap(wrapping, settings.scrypt?.proof ?? '', SETTINGS) === undefined) {
    throw new LedgerFault(message('evidence/passphrase-wrong', { folder }))
  }
  for (const name of keyNames(folder)) wrapOpenKey(join(folder, name), wrapping)
  return wrapping
}

/** The paths of one owner's key and of what stands in its place once it is destroyed. */
export function pathsOf(folder: string, owner: string): { key: string; tombstone: string } {
  const name = join(folder, `owner-${encodeOwner(owner)}`)
  return { key: `${name}.key`, tombstone: `${name}.destroyed` }
}

/** The key of a file; undefined when there is none. A file of another owner or of unknown form is a fault. */
export function readKey(path: string, owner: string, wrapping: Wrapping): Buffer | undefined {
  const file = readKeyFile(path)
  if (file === undefined) return undefined
  const broken = () => new LedgerFault(message('evidence/key-broken', { path }))
  if (file.owner !== owner) throw broken()
  if (file.wrapped !== undefined && wrapping === undefined) {
    throw new LedgerFault(message('evidence/passphrase-needed', { folder: dirname(path) }))
  }
  const key =
    file.wrapped !== undefined && wrapping !== undefined
      ? unwrap(wrapping, file.wrapped, owner)
      : Buffer.from(file.key ?? '', 'base64')
  if (key?.length !== 32) throw broken()
  return key
}

/** Makes a new key unless another process has just made one. */
export function createKey(path: string, owner: string, wrapping: Wrapping): void {
  createOnce(path, keyText(owner, randomBytes(32), wrapping), 0o600)
}

/** Leaves the tombstone, then overwrites and removes the key and whatever a killed writer left of it. */
export function destroyKey({ key, tombstone }: { key: string; tombstone: string }, owner: string): void {
  createOnce(tombstone, JSON.stringify({ format: 'convenio-key-destroyed', version: 1, owner }), 0o600)
  removeKey(key)
}

/** Overwrites and removes a key and whatever a killed writer left of it. */
export function removeKey(key: string): void {
  const folder = dirname(key)
  const begin = `${basename(key)}.`
  const left = readdirSync(folder).filter((name) => name.startsWith(begin) && isTemporary(name))
  for (const path of [key, ...left.map((name) => join(folder, name))]) {
    overwrite(path)
    rmSync(path, { force: true })
  }
  syncFolderNow(folder)
}

/** The owners of the files that end in `.key` or `.destroyed`. */
export function ownersIn(folder: string, ending: 'key' | 'destroyed'): string[] {
  const names = readdirSync(folder).filter((name) => name.startsWith('owner-') && name.endsWith(`.${ending}`))
  return names.map((name) => ownerOf(join(folder, name))).sort()
}

function ownerOf(path: string): string {
  const { owner } = readJson(path) as { owner?: unknown }
  if (typeof owner !== 'string') throw new LedgerFault(message('evidence/key-broken', { path }))
  return owner
}

// Lower-case letters, digits and hyphens stand for themselves, so that disks which ignore case keep owners apart.
function encodeOwner(owner: string): string {
  const encoded = [...Array(owner.length).keys()]
    .map((at) => owner.charAt(at))
    .map((unit) => (/[a-z0-9-]/.test(unit) ? unit : `_${unit.charCodeAt(0).toString(16).padStart(4, '0')}`))
    .join('')
  if (encoded.length <= 120) return encoded
  return `${encoded.slice(0, 40)}=${createHash('sha256').update(Buffer.from(owner, 'utf16le')).digest('hex')}`
}

function keyNames(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('owner-') && name.endsWith('.key'))
}

function readKeyFile(path: string): KeyFile | undefined {
  if (!existsSync(path)) return undefined
  const file = readJson(path) as KeyFile
  if (file.format === 'convenio-key' && file.version === 1 && typeof file.owner === 'string') return file
  throw new LedgerFault(message('evidence/key-broken', { path }))
}

function readJson(path: string): object {
  const text = readFileSync(path, 'utf8')
  try {
    const found = JSON.parse(text) as unknown
    if (typeof found === 'object' && found !== null) return found
  } catch {
    // The same fault as another form.
  }
  throw new LedgerFault(message('evidence/key-broken', { path }))
}

function keyText(owner: string, key: Buffer, wrapping: Wrapping): string {
  const start = { format: 'convenio-key', version: 1, owner } as const
  const file: KeyFile = wrapping
    ? { ...start, wrapped: wrap(wrapping, key, owner) }
    : { ...start, key: key.toString('base64') }
  return JSON.stringify(file)
}

// The old bytes are reached through the handle that was opened before the name got a new file.
function wrapOpenKey(path: string, wrapping: Buffer): void {
  const file = readKeyFile(path)
  if (file?.key === undefined) return
  const handle = openSync(path, 'r+')
  try {
    replaceNow(path, keyText(file.owner, Buffer.from(file.key, 'base64'), wrapping), 0o600)
    overwriteHandle(handle)
  } finally {
    closeSync(handle)
  }
}

function overwrite(path: string): void {
  let handle: number
  try {
    handle = openSync(path, 'r+')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return
    throw error
  }
  try {
    overwriteHandle(handle)
  } catch (error) {
    throw located(error, path)
  } finally {
    closeSync(handle)
  }
}

function overwriteHandle(handle: number): void {
  const { size } = fstatSync(handle)
  writeSync(handle, randomBytes(size), 0, size, 0)
  fsyncSync(handle)
}

function settingsText(passphrase: string | undefined): string {
  const settings: Settings = { format: 'convenio-keyring', version: 1 }
  if (!passphrase) return JSON.stringify(settings)
  settings.scrypt = { ...SCRYPT, salt: randomBytes(16).toString('base64'), proof: '' }
  settings.scrypt.proof = wrap(wrappingOf(passphrase, settings), Buffer.from('convenio'), SETTINGS)
  return JSON.stringify(settings)
}

function readSettings(path: string): Settings {
  const settings = readJson(path) as Settings
  if (settings.format === 'convenio-keyring' && settings.version === 1) return settings
  throw new LedgerFault(message('evidence/key-broken', { path }))
}

function wrappingOf(passphrase: string, { scrypt }: Settings): Buffer {
  const { cost, blockSize, parallel, salt } = scrypt ?? { ...SCRYPT, salt: '' }
  const bounded = { N: Math.min(cost, DEAREST), r: Math.min(blockSize, 16), p: Math.min(parallel, 4) }
  const most = { maxmem: 256 * bounded.N * bounded.r }
  return scryptSync(passphrase.normalize('NFC'), Buffer.from(salt, 'base64'), 32, { ...bounded, ...most })
}

function wrap(wrapping: Buffer, secret: Buffer, owner: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', wrapping, nonce).setAAD(Buffer.from(owner, 'utf16le'))
  const body = Buffer.concat([cipher.update(secret), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')
}

function unwrap(wrapping: Buffer, wrapped: string, owner: string): Buffer | undefined {
  const bytes = Buffer.from(wrapped, 'base64')
  if (bytes.length < 28) return undefined
  const decipher = createDecipheriv('aes-256-gcm', wrapping, bytes.subarray(0, 12), { authTagLength: 16 })
  decipher.setAAD(Buffer.from(owner, 'utf16le')).setAuthTag(bytes.subarray(12, 28))
  try {
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
  } catch {
    return undefined
  }
}
