import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { type Message, message } from '../../language/index.ts'
import { createOnce, LedgerFault } from '../files.ts'
import { canonicalJson, type JsonObject } from './canonical.ts'
import { describeBreak, type Head, type Verification, verifyChain } from './chain.ts'

/** What is signed: the chain of this installation, and of this agreement where it is about one, had this head at this time. */
export interface Checkpoint extends Head {
  installation: string
  agreement?: string
  at: string
}

/** What another party learns: what was signed by which key and, with the entries, how far the chain agrees. */
export type CheckpointVerification =
  | { checkpoint: Checkpoint; publicKey: string; chain?: Extract<Verification, { entries: number }> }
  | { refused: Message; broken?: { seq: number; why: string } }

const SIGNATURE = /,"signature":"([A-Za-z0-9+/]{86}==)"\}$/

/** The installation's Ed25519 key, made at the first use; encrypted when there is a passphrase. */
export function openSigningKey(path: string, { passphrase }: { passphrase?: string | undefined } = {}): KeyObject {
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    const encryption = passphrase ? { cipher: 'aes-256-cbc', passphrase } : {}
    createOnce(path, privateKey.export({ type: 'pkcs8', format: 'pem', ...encryption }), 0o600)
  }
  const key = readFileSync(path)
  try {
    return createPrivateKey({ key, format: 'pem', ...(passphrase ? { passphrase } : {}) })
  } catch (error) {
    const id = passphrase ? 'evidence/passphrase-wrong' : 'evidence/passphrase-needed'
    throw new LedgerFault(
      message(key.includes('ENCRYPTED') ? id : 'evidence/key-broken', { folder: path, path }),
      error,
    )
  }
}

/** The public half as checkpoints carry it (base64 of the key's SPKI form): what the other party should hear by another way. */
export function publicKeyOf(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
}

/** The checkpoint as a file of one line of JSON: what is signed, with the signature put in as its last member. */
export function signCheckpoint({ installation, agreement, seq, hash, at }: Checkpoint, key: KeyObject): string {
  const about: JsonObject = agreement === undefined ? { installation } : { installation, agreement }
  const content = canonicalJson({
    ...about,
    seq,
    hash,
    at,
    format: 'convenio-checkpoint',
    version: 1,
    publicKey: publicKeyOf(key),
  })
  const signature = sign(null, Buffer.from(content, 'utf8'), key).toString('base64')
  return `${content.slice(0, -1)},"signature":"${signature}"}\n`
}

/**
 * Verifies a checkpoint file, and the chain up to it when the entries are given. The key inside the file proves only that nobody changed
 * the file since; give `publicKey`, known from an earlier checkpoint or by another way, to know whose it is.
 */
export async function verifyCheckpoint(
  file: string,
  { entries, publicKey }: { entries?: AsyncIterable<unknown> | Iterable<unknown>; publicKey?: string } = {},
): Promise<CheckpointVerification> {
  const line = file.trimEnd()
  const read = readCheckpoint(line)
  if (read === undefined) return { refused: message('evidence/checkpoint-unreadable') }
  const { checkpoint, content, signature } = read
  if (publicKey !== undefined && publicKey !== read.publicKey)
    return { refused: message('evidence/checkpoint-other-key') }
  if (!isSigned(content, signature, read.publicKey)) return { refused: message('evidence/checkpoint-forged') }
  const signed = { checkpoint, publicKey: read.publicKey }
  if (entries === undefined) return signed
  const chain = await verifyChain(entries, { expected: [checkpoint] })
  if (chain.broken) return { refused: describeBreak(chain.broken), broken: chain.broken }
  return { ...signed, chain }
}

function readCheckpoint(
  line: string,
): { checkpoint: Checkpoint; content: string; signature: Buffer; publicKey: string } | undefined {
  const signature = SIGNATURE.exec(line)?.[1]
  if (signature === undefined || !isBase64(signature)) return undefined
  const content = line.replace(SIGNATURE, '}')
  try {
    const found = JSON.parse(content) as Checkpoint & { format: string; version: number; publicKey: string }
    const { installation, agreement, seq, hash, at, format, version, publicKey } = found
    const texts = [installation, hash, at, publicKey, agreement ?? '']
    if (format !== 'convenio-checkpoint' || version !== 1 || canonicalJson({ ...found }) !== content) return undefined
    if (!Number.isSafeInteger(seq) || texts.some((text) => typeof text !== 'string')) return undefined
    const about = agreement === undefined ? { installation } : { installation, agreement }
    return { checkpoint: { ...about, seq, hash, at }, content, signature: Buffer.from(signature, 'base64'), publicKey }
  } catch {
    return undefined
  }
}

// Decoding takes several texts for the same bytes.
function isBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64') === text
}

function isSigned(content: string, signature: Buffer, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(content, 'utf8'), key, signature)
  } catch {
    return false
  }
}
