import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AuditEntry,
  canonicalJson,
  entryLine,
  type Head,
  type Json,
  type JsonObject,
  openSigningKey,
  parseEntryLine,
  publicKeyOf,
  readExport,
  START,
  sealEntry,
  signCheckpoint,
  verifyChain,
  verifyCheckpoint,
} from '../../src/evidence/audit/index.ts'
import { ROOT } from '../tidy/tree.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'convenio-audit-'))

const text = fc.string({ unit: 'binary', maxLength: 12 })
const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    text,
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(text, tie('value'), { maxKeys: 3 }),
  ),
})).value
const detail = fc.dictionary(text, json, { maxKeys: 3 }) as fc.Arbitrary<JsonObject>
const content = fc.record({ at: text, actor: text, action: text, subject: text, detail })
const chain = fc.array(content, { minLength: 3, maxLength: 9 }).map((contents) => {
  const entries: AuditEntry[] = []
  for (const each of contents) entries.push(sealEntry(entries.at(-1) ?? START, each))
  return entries
})

function someChain(length: number): AuditEntry[] {
  const entries: AuditEntry[] = []
  for (let at = 1; at <= length; at += 1) {
    const made = {
      at: '2025-01-31T12:00:00Z',
      actor: 'ana',
      action: 'import',
      subject: `año "${at}" \\`,
      detail: { rows: at },
    }
    entries.push(sealEntry(entries.at(-1) ?? START, made))
  }
  return entries
}

const headOf = (entries: readonly AuditEntry[]): Head => entries.at(-1) ?? START
const brokenOf = async (entries: readonly unknown[], expected: Head[] = []) =>
  (await verifyChain(entries, { expected })).broken

describe('canonical JSON', () => {
  // The sample of RFC 8785, section 3.2.3, and its strings of 3.2.2, without the numbers that are not whole.
  it('orders names by their UTF-16 units and escapes as the standard does', () => {
    const names = {
      '€': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew',
      '1': 'One',
      '😀': 'Smiley',
      '\u0080': 'Control',
      ö: 'o',
    }
    expect(Object.keys(JSON.parse(canonicalJson(names)) as object).filter((name) => name !== '1')).toEqual([
      '\r',
      '\u0080',
      'ö',
      '€',
      '😀',
      '\ufb33',
    ])
    expect(canonicalJson({ string: '€$\u000f\nA\'B"\\\\"/', literals: [null, true, false] })).toBe(
      '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    )
  })

  it('is the same however names are ordered, and is read back as it was', () => {
    fc.assert(
      fc.property(detail, (value) => {
        const written = canonicalJson(value)
        const turned = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(turned)).toBe(written)
        expect(canonicalJson(JSON.parse(written) as Json)).toBe(written)
      }),
    )
  })

  it.each([[0.1], [2 ** 53], [Number.NaN], [undefined], [1n], [{ a: [undefined] }]])('refuses %s', (value) => {
    expect(() => canonicalJson(value as Json)).toThrow(TypeError)
  })
})

describe('the chain', () => {
  it('of whole entries is whole, from its start or from any head on', async () => {
    await fc.assert(
      fc.asyncProperty(chain, fc.nat(), async (entries, pick) => {
        expect(await verifyChain(entries)).toEqual({
          entries: entries.length,
          head: expect.objectContaining({ seq: entries.length }),
        })
        const at = pick % entries.length
        const after = at === 0 ? START : (entries[at - 1] as AuditEntry)
        expect(await verifyChain(entries.slice(at), { after, expected: entries })).toHaveProperty(
          'entries',
          entries.length - at,
        )
        expect(entries.map((entry) => parseEntryLine(entryLine(entry)))).toEqual(entries)
      }),
    )
    expect(await verifyChain([])).toEqual({ entries: 0, head: START })
  })

  it('names the entry whose any field was changed', async () => {
    const fields = ['at', 'actor', 'action', 'subject', 'detail', 'seq', 'previous', 'hash', 'more'] as const
    await fc.assert(
      fc.asyncProperty(chain, fc.nat(), fc.constantFrom(...fields), json, async (entries, pick, field, value) => {
        const at = pick % entries.length
        const before = (entries[at] as unknown as Record<string, Json>)[field]
        fc.pre(before === undefined || canonicalJson(before) !== canonicalJson(value))
        const broken = await brokenOf(entries.with(at, { ...(entries[at] as AuditEntry), [field]: value }))
        expect(broken?.seq).toBe(at + 1)
        expect(['changed', 'unreadable']).toContain(broken?.why)
      }),
    )
  })

  it('names the entry that was changed and sealed anew', async () => {
    await fc.assert(
      fc.asyncProperty(chain, fc.nat(), async (entries, pick) => {
        const at = pick % (entries.length - 1)
        const anew = sealEntry(entries[at - 1] ?? START, {
          ...(entries[at] as AuditEntry),
          actor: 'someone else entirely',
        })
        expect(await brokenOf(entries.with(at, anew))).toEqual({ seq: at + 1, why: 'changed' })
      }),
    )
  })

  it('names what is missing, moved, put in or cut off', async () => {
    await fc.assert(
      fc.asyncProperty(chain, fc.nat(), async (entries, pick) => {
        const at = pick % (entries.length - 1)
        const [here, next] = entries.slice(at, at + 2) as [AuditEntry, AuditEntry]
        expect(await brokenOf(entries.toSpliced(at, 1))).toEqual({ seq: at + 1, why: 'missing' })
        expect(await brokenOf(entries.toSpliced(at, 2, next, here))).toEqual({ seq: at + 1, why: 'reordered' })
        expect(await brokenOf(entries.toSpliced(at, 0, next))).toEqual({ seq: at + 1, why: 'reordered' })
        expect(await brokenOf(entries.toSpliced(at + 1, 0, here))).toEqual({ seq: at + 1, why: 'inserted' })
        const forged = sealEntry(here, { ...here, actor: 'nobody' })
        expect(await brokenOf(entries.toSpliced(at + 1, 0, forged))).toEqual({ seq: at + 2, why: 'inserted' })
        const stray = sealEntry({ seq: here.seq, hash: 'f'.repeat(64) }, { ...here, actor: 'nobody' })
        expect(await brokenOf(entries.toSpliced(at + 1, 0, stray))).toEqual({ seq: at + 2, why: 'inserted' })
        expect(await brokenOf(entries.slice(0, at), [headOf(entries)])).toEqual({ seq: at + 1, why: 'truncated' })
      }),
    )
  })

  it('that was sealed anew to its end is found by a head that somebody else kept', async () => {
    const entries = someChain(9)
    const rewritten = entries.slice(0, 4)
    for (const entry of entries.slice(4)) rewritten.push(sealEntry(headOf(rewritten), { ...entry, actor: 'eve' }))
    expect(await brokenOf(rewritten)).toBeUndefined()
    expect(await brokenOf(rewritten, [headOf(entries)])).toEqual({ seq: 9, why: 'rewritten' })
    expect(await brokenOf(rewritten, [entries[2] as Head, entries[6] as Head])).toEqual({ seq: 7, why: 'rewritten' })
    expect(await verifyChain([], { after: rewritten[8] as Head, expected: [headOf(entries)] })).toHaveProperty('broken')
  })

  it('is changed by every bit of every line of its export', async () => {
    const entries = someChain(4)
    const path = join(newFolder(), 'entries.jsonl')
    const whole = Buffer.from(entries.map((entry) => `${entryLine(entry)}\n`).join(''))
    const lineOf = (at: number) => whole.subarray(0, at).toString('latin1').split('\n').length
    for (let bit = 0; bit < whole.length * 8; bit += 7) {
      const bytes = Buffer.from(whole)
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
      // The feed after the last line belongs to no entry.
      if (bit >> 3 === whole.length - 1) continue
      writeFileSync(path, bytes)
      const { broken } = await verifyChain(readExport(path), { expected: [headOf(entries)] })
      expect(broken?.seq, `bit ${bit}`).toBe(lineOf(bit >> 3))
    }
  })
})

describe('a checkpoint', () => {
  const folder = newFolder()
  const key = openSigningKey(join(folder, 'signing.pem'))
  const entries = someChain(6)
  const about = { installation: 'i-1', agreement: 'wom-aws-chile', at: '2025-01-31T12:00:00Z' }
  const { seq, hash } = entries[4] as AuditEntry
  const file = signCheckpoint({ ...about, seq, hash }, key)

  it('is verified with the entries up to it and the key that was expected', async () => {
    const verified = await verifyCheckpoint(file, { entries, publicKey: publicKeyOf(key) })
    expect(verified).toEqual({
      checkpoint: { ...about, seq, hash },
      publicKey: publicKeyOf(key),
      chain: { entries: 6, head: { seq: 6, hash: headOf(entries).hash } },
    })
  })

  it('keeps its key, readable by its owner alone, encrypted if wanted', () => {
    expect(publicKeyOf(openSigningKey(join(folder, 'signing.pem')))).toBe(publicKeyOf(key))
    expect(statSync(join(folder, 'signing.pem')).mode & 0o777).toBe(0o600)
    const path = join(folder, 'protected.pem')
    const safe = openSigningKey(path, { passphrase: 'ñandú' })
    expect(readFileSync(path, 'utf8')).toContain('ENCRYPTED')
    expect(publicKeyOf(openSigningKey(path, { passphrase: 'ñandú' }))).toBe(publicKeyOf(safe))
    expect(() => openSigningKey(path, { passphrase: 'other' })).toThrow('evidence/passphrase-wrong')
    expect(() => openSigningKey(path)).toThrow('evidence/passphrase-needed')
  })

  it('is refused when any bit of it was changed', async () => {
    const whole = Buffer.from(file.trimEnd())
    for (let bit = 0; bit < whole.length * 8; bit += 1) {
      const bytes = Buffer.from(whole)
      bytes[bit >> 3] = (bytes[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(await verifyCheckpoint(bytes.toString('utf8')), `bit ${bit}`).toHaveProperty('refused')
    }
  })

  it('is refused with another key or another chain', async () => {
    const other = openSigningKey(join(folder, 'other.pem'))
    const forged = signCheckpoint({ ...about, seq, hash }, other)
    expect(await verifyCheckpoint(forged)).toHaveProperty('checkpoint')
    const refused = await verifyCheckpoint(forged, { publicKey: publicKeyOf(key) })
    expect(refused).toHaveProperty('refused.id', 'evidence/checkpoint-other-key')
    const cut = await verifyCheckpoint(file, { entries: entries.slice(0, 3) })
    expect(cut).toMatchObject({ refused: { id: 'evidence/audit-truncated' }, broken: { seq: 4 } })
    for (const bad of ['', '{}', 'null', file.replace('"version":1', '"version":2')]) {
      expect(await verifyCheckpoint(bad)).toHaveProperty('refused.id', 'evidence/checkpoint-unreadable')
    }
  })
})

describe('the worked example of the README', () => {
  const readme = readFileSync(join(ROOT, 'src/evidence/audit/README.md'), 'utf8')
  const block = (language: string) => new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'm').exec(readme)?.[1] ?? ''
  const hasOpenssl = /^OpenSSL 3/.test(spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '')
  const ways: [string, (folder: string) => { status: number | null; stdout: string; stderr: string }][] = [
    ['node', (cwd) => spawnSync(process.execPath, ['verify.mjs'], { cwd, encoding: 'utf8' })],
    // Where openssl is missing, the other way still shows that the formats are what the README says.
    ...(hasOpenssl
      ? ([['openssl', (cwd: string) => spawnSync('sh', ['verify.sh'], { cwd, encoding: 'utf8' })]] as typeof ways)
      : []),
  ]

  function handOver(entries: readonly AuditEntry[], seq = 5): string {
    const folder = newFolder()
    const key = openSigningKey(join(folder, 'signing.pem'))
    const checkpoint = {
      installation: 'Telefónica "del Sur"',
      seq,
      hash: (entries[seq - 1] as AuditEntry).hash,
      at: '2025-01-31T12:00:00Z',
    }
    writeFileSync(join(folder, 'checkpoint.json'), signCheckpoint(checkpoint, key))
    writeFileSync(join(folder, 'entries.jsonl'), entries.map((entry) => `${entryLine(entry)}\n`).join(''))
    writeFileSync(join(folder, 'verify.mjs'), block('js'))
    writeFileSync(join(folder, 'verify.sh'), block('sh'))
    return folder
  }

  it.each(ways)('verifies with %s, and names what was changed', (_, verify) => {
    const entries = someChain(6)
    const folder = handOver(entries)
    expect(verify(folder)).toMatchObject({ status: 0, stdout: '5 entries verified\n' })

    const lines = readFileSync(join(folder, 'entries.jsonl'), 'utf8')
    writeFileSync(join(folder, 'entries.jsonl'), lines.replace('"rows":3', '"rows":4'))
    expect(verify(folder)).toMatchObject({ status: 1, stdout: 'entry 3 is broken\n' })
    writeFileSync(join(folder, 'entries.jsonl'), lines.split('\n').toSpliced(1, 1).join('\n'))
    expect(verify(folder)).toMatchObject({ status: 1, stdout: 'entry 2 is broken\n' })

    const rewritten: AuditEntry[] = []
    for (const entry of entries) rewritten.push(sealEntry(headOf(rewritten), { ...entry, actor: 'eve' }))
    writeFileSync(join(folder, 'entries.jsonl'), rewritten.map((entry) => `${entryLine(entry)}\n`).join(''))
    expect(verify(folder)).toMatchObject({ status: 1, stdout: 'the chain is not the one of the checkpoint\n' })
    writeFileSync(join(folder, 'entries.jsonl'), lines.split('\n').slice(0, 3).join('\n'))
    expect(verify(folder).status).not.toBe(0)

    writeFileSync(join(folder, 'entries.jsonl'), lines)
    const checkpoint = readFileSync(join(folder, 'checkpoint.json'), 'utf8')
    writeFileSync(join(folder, 'checkpoint.json'), checkpoint.replace('2025-01-31', '2025-02-01'))
    expect(verify(folder).status).toBe(1)
  })
})
