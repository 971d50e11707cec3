import { createHash, randomBytes } from 'node:crypto'
import { createReadStream, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { type Header, pack } from 'tar-stream'
import { beforeAll, describe, expect, it } from 'vitest'
import { type ArchiveEntry, readArchive, unpackArchive, writeArchive } from '../../src/evidence/archive/index.ts'
import { compile, run } from './compiled.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'convenio-archive-'))
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const large = randomBytes(700_001)
const files: Record<string, Buffer> = {
  'records.jsonl': Buffer.from('{"a":1}\n'),
  'segments/año 2024/a.parquet': large,
  [`segments/${'deep/'.repeat(40)}b.parquet`]: Buffer.alloc(512, 1),
  empty: Buffer.alloc(0),
}

async function* entriesOf(contents: Record<string, Buffer>): AsyncGenerator<ArchiveEntry> {
  for (const [name, bytes] of Object.entries(contents)) {
    const pieces = async function* () {
      for (let at = 0; at < bytes.length; at += 60_000) yield bytes.subarray(at, at + 60_000)
    }
    yield bytes.length > 600 ? { name, size: bytes.length, stream: pieces } : { name, bytes }
  }
}

async function tarOf(members: [Partial<Header> & { name: string }, string][]): Promise<string> {
  const tar = pack()
  for (const [header, text] of members) tar.entry(header, text)
  tar.finalize()
  const parts: Buffer[] = []
  for await (const part of tar) parts.push(part as Buffer)
  const path = join(newFolder(), 'made.tgz')
  writeFileSync(path, gzipSync(Buffer.concat(parts)))
  return path
}

function contentsOf(members: Record<string, string>, version = 1): string {
  const list = Object.entries(members).map(([name, text]) => ({
    name,
    size: text.length,
    sha256: sha(Buffer.from(text)),
  }))
  return JSON.stringify({ format: 'convenio-archive', version, members: list })
}

describe('an archive', () => {
  it('gives back what was put in, under long and foreign names too', async () => {
    const folder = newFolder()
    const file = join(folder, 'a.tgz')
    const members = await writeArchive(file, entriesOf(files))
    expect(members.map(({ name, size, sha256 }) => [name, size, sha256])).toEqual(
      Object.entries(files).map(([name, bytes]) => [name, bytes.length, sha(bytes)]),
    )
    const target = join(folder, 'unpacked')
    expect(await unpackArchive(file, target)).toEqual({ members })
    for (const [name, bytes] of Object.entries(files)) expect(readFileSync(join(target, name)).equals(bytes)).toBe(true)
    expect(readdirSync(folder).sort()).toEqual(['a.tgz', 'unpacked'])
    await expect(unpackArchive(file, target)).rejects.toThrow()
    expect(readFileSync(join(target, 'records.jsonl'), 'utf8')).toBe('{"a":1}\n')
  })

  it('is verified even where its reader looks at nothing or stops early', async () => {
    const file = join(newFolder(), 'a.tgz')
    await writeArchive(file, entriesOf(files))
    const seen: string[] = []
    const reading = await readArchive(file, async ({ name, stream }) => {
      seen.push(name)
      for await (const _ of stream) break
    })
    expect([seen, reading.refused]).toEqual([Object.keys(files), undefined])
    expect(await readArchive(file, async () => undefined)).toEqual(reading)
  })

  it('of nothing is an archive', async () => {
    const file = join(newFolder(), 'a.tgz')
    await writeArchive(file, [])
    expect(await readArchive(file, async () => undefined)).toEqual({ members: [] })
  })

  it('passes on what its reader throws, and says which file is not there', async () => {
    const file = join(newFolder(), 'a.tgz')
    await writeArchive(file, entriesOf(files))
    const full = Object.assign(new Error('full'), { code: 'ENOSPC' })
    await expect(readArchive(file, () => Promise.reject(full))).rejects.toBe(full)
    await expect(readArchive(`${file}.none`, async () => undefined)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('that was cut off or changed anywhere is refused, and nothing is unpacked', { timeout: 60_000 }, async () => {
    const folder = newFolder()
    const file = join(folder, 'a.tgz')
    const members = await writeArchive(file, entriesOf(files), { level: 1 })
    const whole = readFileSync(file)
    const tar = gunzipSync(whole)
    let refusals = 0
    const bad = join(folder, 'bad.tgz')
    const target = join(folder, 'target')
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (size) => {
        writeFileSync(bad, whole.subarray(0, size))
        expect(await unpackArchive(bad, target)).toHaveProperty('refused.id', 'evidence/archive-cut')
      }),
      { numRuns: 60 },
    )
    // The gzip head's flags, time and system say nothing of the content.
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 10, max: whole.length - 1 }), fc.nat(7), async (at, bit) => {
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] as number) ^ (1 << bit)
        writeFileSync(bad, bytes)
        const reading = await readArchive(bad, async () => undefined)
        // Compression has several forms of the same bytes: some flips change nothing that was written.
        if (reading.refused) expect(await unpackArchive(bad, target)).toHaveProperty('refused')
        else expect([reading.members, gunzipSync(bytes).equals(tar)]).toEqual([members, true])
        refusals += reading.refused ? 1 : 0
      }),
      { numRuns: 100 },
    )
    expect(refusals).toBeGreaterThan(70)
    expect(readdirSync(folder).sort()).toEqual(['a.tgz', 'bad.tgz'])
  })

  it('whose members were changed and packed again is refused by name', async () => {
    const folder = newFolder()
    const file = join(folder, 'a.tgz')
    await writeArchive(file, entriesOf(files))
    const tar = gunzipSync(readFileSync(file))
    const at = tar.indexOf('{"a":1}')
    tar[at + 5] = 0x32
    writeFileSync(file, gzipSync(tar))
    expect(await readArchive(file, async () => undefined)).toEqual({
      refused: { id: 'evidence/archive-changed', params: { name: 'records.jsonl' } },
    })
  })

  it.each<[string, string, [Partial<Header> & { name: string }, string][]]>([
    ['goes up', 'unsafe', [[{ name: '../a' }, 'x']]],
    ['goes up in the middle', 'unsafe', [[{ name: 'a/../../b' }, 'x']]],
    ['is absolute', 'unsafe', [[{ name: '/etc/passwd' }, 'x']]],
    ['is absolute on Windows', 'unsafe', [[{ name: 'C:\\a' }, 'x']]],
    ['goes up on Windows', 'unsafe', [[{ name: '..\\a' }, 'x']]],
    ['is a device on Windows', 'unsafe', [[{ name: 'a/con.txt' }, 'x']]],
    ['is a link', 'unsafe', [[{ name: 'a', type: 'symlink', linkname: '/etc' }, '']]],
    ['is a hard link', 'unsafe', [[{ name: 'a', type: 'link', linkname: '/etc/passwd' }, '']]],
    ['is a folder', 'unsafe', [[{ name: 'a', type: 'directory' }, '']]],
    [
      'comes twice',
      'unsafe',
      [
        [{ name: 'a' }, 'x'],
        [{ name: 'A' }, 'x'],
      ],
    ],
    [
      'comes after the list',
      'unsafe',
      [
        [{ name: 'contents.json' }, contentsOf({})],
        [{ name: 'a' }, 'x'],
      ],
    ],
    [
      'is not in the list',
      'changed',
      [
        [{ name: 'a' }, 'x'],
        [{ name: 'contents.json' }, contentsOf({})],
      ],
    ],
    ['is in the list alone', 'changed', [[{ name: 'contents.json' }, contentsOf({ a: 'x' })]]],
    [
      'has other bytes than listed',
      'changed',
      [
        [{ name: 'a' }, 'y'],
        [{ name: 'contents.json' }, contentsOf({ a: 'x' })],
      ],
    ],
    ['has no list', 'cut', [[{ name: 'a' }, 'x']]],
    ['has a list that is none', 'changed', [[{ name: 'contents.json' }, '{"members":']]],
    ['is of a later form', 'newer', [[{ name: 'contents.json' }, contentsOf({}, 2)]]],
  ])('with a member that %s is refused', async (_, id, members) => {
    const file = await tarOf(members)
    const target = join(newFolder(), 'target')
    expect(await unpackArchive(file, target)).toHaveProperty('refused.id', `evidence/archive-${id}`)
    expect(existsSync(target)).toBe(false)
  })

  it('is not taken from another kind of file', async () => {
    const file = join(newFolder(), 'a.tgz')
    writeFileSync(file, 'PK not at all')
    expect(await readArchive(file, async () => undefined)).toHaveProperty('refused.id', 'evidence/archive-none')
    writeFileSync(file, gzipSync(randomBytes(5000)))
    expect(await readArchive(file, async () => undefined)).toHaveProperty('refused.id', 'evidence/archive-broken')
  })

  it.each<[string, ArchiveEntry[]]>([
    ['goes up', [{ name: '../a', bytes: '' }]],
    [
      'comes twice',
      [
        { name: 'a', bytes: '' },
        { name: 'a', bytes: '' },
      ],
    ],
    ['is the list', [{ name: 'contents.json', bytes: '' }]],
    ['is shorter than said', [{ name: 'a', size: 10, stream: () => pieces('123') }]],
    ['is longer than said', [{ name: 'a', size: 2, stream: () => pieces('123') }]],
    [
      'cannot be read',
      [
        { name: 'b', bytes: 'x' },
        { name: 'a', size: 2, stream: () => createReadStream('/nowhere/none') },
      ],
    ],
  ])('is not written with a member that %s', async (_, entries) => {
    const folder = newFolder()
    writeFileSync(join(folder, 'a.tgz'), 'the one before')
    await expect(writeArchive(join(folder, 'a.tgz'), entries)).rejects.toThrow()
    expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['the one before'])
  })
})

async function* pieces(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}

describe('an archive on a disk that takes no more', () => {
  let compiled = ''
  beforeAll(() => {
    compiled = compile('evidence/archive/index.ts')
  }, 60_000)

  it('is not there at all', { timeout: 60_000 }, async () => {
    const folder = newFolder()
    const file = join(folder, 'a.tgz')
    const { out } = await run(
      compiled,
      `import { randomBytes } from 'node:crypto'
      import { writeArchive } from './evidence/archive/index.js'
      let opened = 0
      async function* noise() { try { opened += 1; for (let at = 0; at < 200; at += 1) yield randomBytes(65536) } finally { opened -= 1 } }
      const entries = [{ name: 'a', size: 200 * 65536, stream: noise }, { name: 'b', size: 200 * 65536, stream: noise }]
      const error = await writeArchive(${JSON.stringify(file)}, entries).catch((reason) => reason)
      console.log(error.code, error.path, opened)`,
      'ulimit -f 2048;',
    ).ended
    expect(out.trim()).toBe(`EFBIG ${file} 0`)
    expect(readdirSync(folder)).toEqual([])
  })
})
