import { randomBytes } from 'node:crypto'
import {
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { LedgerFault } from '../../src/evidence/files.ts'
import { ERASED, isSealed, Keyring } from '../../src/evidence/keyring/index.ts'
import { compile, run } from './compiled.ts'

const newFolder = () => mkdtempSync(join(tmpdir(), 'convenio-keys-'))
const SEGMENT = 1 << 18

// Halves of surrogate pairs and names that break paths are among them.
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)), maxLength: 20 }),
  fc.constantFrom('', '..', '/', '../../etc/passwd', 'con', 'C-001', 'c-001', 'instance:1', '\0', 'ñ'.repeat(400)),
)

describe('texts', () => {
  it('are read again for any text and owner, and only for the owner they were sealed for', async () => {
    const keyring = await Keyring.open(newFolder())
    fc.assert(
      fc.property(text, text, text, (owner, other, said) => {
        const sealed = keyring.seal(owner, said)
        expect(sealed).toMatch(/^sealed:1:[\w-]+$/)
        expect(isSealed(sealed)).toBe(true)
        expect(keyring.open(owner, sealed)).toBe(said)
        expect(keyring.seal(owner, said)).not.toBe(sealed)
        if (other === owner) return
        keyring.keyOf(other, { create: true })
        expect(() => keyring.open(other, sealed)).toThrow(LedgerFault)
      }),
    )
    expect(new Set(keyring.owners()).size).toBe(keyring.owners().length)
  })

  it('that were changed, cut or made longer are refused', async () => {
    const keyring = await Keyring.open(newFolder())
    fc.assert(
      fc.property(text, fc.nat(), fc.integer({ min: 0, max: 6 }), (said, pick, bit) => {
        const sealed = keyring.seal('C-001', said)
        const at = pick % sealed.length
        const unit = String.fromCharCode(sealed.charCodeAt(at) ^ (1 << bit))
        for (const bad of [sealed.slice(0, at) + unit + sealed.slice(at + 1), sealed.slice(0, at), `${sealed}A`]) {
          expect(() => keyring.open('C-001', bad), bad).toThrow('evidence/seal-broken')
        }
      }),
    )
  })

  it('are gone with the key, for every process and for ever', async () => {
    const folder = newFolder()
    const [keyring, other] = [await Keyring.open(folder), await Keyring.open(folder)]
    const sealed = keyring.seal('C-001', '+56 9 1234 5678')
    const kept = keyring.seal('C-002', 'María')
    expect(other.open('C-001', sealed)).toBe('+56 9 1234 5678')
    cpSync(folder, `${folder}-copy`, { recursive: true })

    keyring.destroy('C-001')
    keyring.destroy('C-001')
    expect([keyring, other].map((each) => each.open('C-001', sealed))).toEqual([undefined, undefined])
    expect(keyring.seal('C-001', 'late news')).toBe(ERASED)
    expect(keyring.open('C-001', ERASED)).toBeUndefined()
    expect(keyring.pseudonym('C-001', 'person', 'x')).toBe('person-erased')
    expect(await keyring.sealFile('C-001', 'nowhere', 'nowhere')).toBe(false)
    expect(keyring.open('C-002', kept)).toBe('María')
    expect([keyring.owners(), keyring.destroyed()]).toEqual([['C-002'], ['C-001']])

    const name = readdirSync(`${folder}-copy`).find((each) => each.startsWith('owner-_0043-001')) ?? ''
    cpSync(join(`${folder}-copy`, name), join(folder, name))
    expect(keyring.open('C-001', sealed)).toBeUndefined()
    const again = await Keyring.open(folder)
    expect(again.state('C-001')).toBe('destroyed')
    expect(existsSync(join(folder, name))).toBe(false)

    const restored = await Keyring.open(`${folder}-copy`)
    for (const owner of again.destroyed()) restored.destroy(owner)
    expect(restored.open('C-001', sealed)).toBeUndefined()
  })

  it('of a key that is not here are neither read nor called erased', async () => {
    const keyring = await Keyring.open(newFolder())
    const elsewhere = await Keyring.open(newFolder())
    expect(keyring.open('C-001', elsewhere.seal('C-001', 'x'))).toBeUndefined()
    expect(keyring.state('C-001')).toBe('absent')
  })
})

describe('key files', () => {
  it('are overwritten before they are removed', async () => {
    const folder = newFolder()
    const keyring = await Keyring.open(folder)
    keyring.keyOf('c', { create: true })
    const path = join(folder, 'owner-c.key')
    expect([statSync(folder).mode & 0o777, statSync(path).mode & 0o777]).toEqual([0o700, 0o600])
    const before = readFileSync(path)
    const handle = openSync(path, 'r')
    keyring.destroy('c')
    const after = Buffer.alloc(before.length)
    expect(readSync(handle, after, 0, before.length, 0)).toBe(before.length)
    const same = after.filter((byte, at) => byte === before[at]).length
    expect(same).toBeLessThan(before.length / 4)
    expect(readdirSync(folder).sort()).toEqual(['keyring.json', 'owner-c.destroyed'])
  })

  it('of one owner do not serve another, and damaged ones are named', async () => {
    const folder = newFolder()
    const keyring = await Keyring.open(folder)
    keyring.keyOf('a', { create: true })
    cpSync(join(folder, 'owner-a.key'), join(folder, 'owner-b.key'))
    expect(() => keyring.keyOf('b')).toThrow('evidence/key-broken')
    for (const bad of ['', '{', 'null', '{"format":"convenio-key","version":1,"owner":"b","key":"AAAA"}']) {
      writeFileSync(join(folder, 'owner-b.key'), bad)
      expect(() => keyring.keyOf('b')).toThrow('evidence/key-broken')
    }
  })

  it('open with their passphrase alone, and are wrapped when they get one later', { timeout: 60_000 }, async () => {
    const folder = newFolder()
    const plain = await Keyring.open(folder)
    const sealed = plain.seal('C-001', 'María')
    const handle = openSync(join(folder, 'owner-_0043-001.key'), 'r')
    const secret = (JSON.parse(readFileSync(join(folder, 'owner-_0043-001.key'), 'utf8')) as { key: string }).key

    const safe = await Keyring.open(folder, { passphrase: 'contraseña' })
    expect(safe.open('C-001', sealed)).toBe('María')
    const more = safe.seal('C-002', 'José')
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/"key":/)
    const old = Buffer.alloc(4096)
    readSync(handle, old, 0, old.length, 0)
    expect(old.toString('latin1')).not.toContain(secret)

    const again = await Keyring.open(folder, { passphrase: 'contraseña'.normalize('NFD') })
    expect([again.open('C-001', sealed), again.open('C-002', more)]).toEqual(['María', 'José'])
    await expect(Keyring.open(folder)).rejects.toThrow('evidence/passphrase-needed')
    await expect(Keyring.open(folder, { passphrase: 'contrasena' })).rejects.toThrow('evidence/passphrase-wrong')
    again.destroy('C-001')
    expect(again.open('C-001', sealed)).toBeUndefined()
  })

  describe('among processes', () => {
    let compiled = ''
    beforeAll(() => {
      compiled = compile('evidence/keyring/index.ts')
    }, 60_000)

    it('are made once, though eight want them at the same time', { timeout: 60_000 }, async () => {
      const folder = newFolder()
      const script = `
        import { Keyring } from './evidence/keyring/index.js'
        const keyring = await Keyring.open(${JSON.stringify(folder)})
        console.log(JSON.stringify(Array.from({ length: 30 }, (_, at) => keyring.seal('owner ' + at, 'x' + at))))`
      const ends = await Promise.all([...Array(8).keys()].map(() => run(compiled, script).ended))
      const keyring = await Keyring.open(folder)
      for (const { out } of ends) {
        const sealed = JSON.parse(out) as string[]
        expect(sealed.map((each, at) => keyring.open(`owner ${at}`, each))).toEqual(sealed.map((_, at) => `x${at}`))
      }
      expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
    })
  })
})

describe('pseudonyms', () => {
  it('are the same for the same text of the same owner and kind, and different otherwise', async () => {
    const folder = newFolder()
    const [keyring, later] = [await Keyring.open(folder), await Keyring.open(folder)]
    const all = new Map<string, string>()
    fc.assert(
      fc.property(fc.constantFrom('a', 'b'), fc.constantFrom('person', 'phone'), text, (owner, kind, said) => {
        const pseudonym = keyring.pseudonym(owner, kind, said)
        expect(pseudonym).toMatch(new RegExp(`^${kind}-[0-9a-f]{16}$`))
        expect(later.pseudonym(owner, kind, said)).toBe(pseudonym)
        const meant = JSON.stringify([owner, kind, said])
        expect(all.get(pseudonym) ?? meant).toBe(meant)
        all.set(pseudonym, meant)
      }),
      { numRuns: 500 },
    )
    expect(() => keyring.pseudonym('a', 'Per son', 'x')).toThrow(TypeError)
  })
})

describe('files', () => {
  const folder = newFolder()
  const [plain, sealed, opened] = ['plain', 'sealed', 'opened'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]

  it.each([0, 1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 3 * SEGMENT, 5 * SEGMENT + 7])(
    'of %i bytes are read again',
    async (size) => {
      const keyring = await Keyring.open(join(folder, 'keys'))
      const bytes = randomBytes(size)
      writeFileSync(plain, bytes)
      expect(await keyring.sealFile('C-001', plain, sealed)).toBe(true)
      expect(statSync(sealed).size).toBe(40 + size + 16 * Math.max(1, Math.ceil(size / SEGMENT)))
      expect(await keyring.openFile('C-001', sealed, opened)).toBe(true)
      expect(readFileSync(opened).equals(bytes)).toBe(true)
      if (size > 100) expect(readFileSync(sealed).includes(bytes.subarray(0, 100))).toBe(false)
      keyring.keyOf('C-002', { create: true })
      await expect(keyring.openFile('C-002', sealed, opened)).rejects.toThrow('evidence/seal-broken')
    },
  )

  it('with a bit changed or an end cut off are refused and leave nothing', async () => {
    const keyring = await Keyring.open(join(folder, 'keys'))
    writeFileSync(plain, randomBytes(2 * SEGMENT + 1000))
    await keyring.sealFile('C-001', plain, sealed)
    const whole = readFileSync(sealed)
    const bad = join(folder, 'bad')
    const target = join(folder, 'target')
    const refuse = async () => {
      await expect(keyring.openFile('C-001', bad, target)).rejects.toThrow('evidence/seal-broken')
      expect(readdirSync(folder).filter((name) => name.startsWith('target'))).toEqual([])
    }
    const place = fc.oneof(fc.integer({ min: 0, max: 47 }), fc.integer({ min: 0, max: whole.length - 1 }))
    await fc.assert(
      fc.asyncProperty(place, fc.integer({ min: 0, max: 7 }), async (at, bit) => {
        const bytes = Buffer.from(whole)
        bytes[at] = (bytes[at] as number) ^ (1 << bit)
        writeFileSync(bad, bytes)
        await refuse()
      }),
      { numRuns: 150 },
    )
    const edges = [0, 39, 40, 40 + SEGMENT, 56 + SEGMENT, 72 + 2 * SEGMENT, whole.length - 1]
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.constantFrom(...edges), fc.nat(whole.length - 1)), async (size) => {
        writeFileSync(bad, whole)
        truncateSync(bad, size)
        await refuse()
      }),
      { numRuns: 60 },
    )
  })

  it('with segments moved, doubled, left out or taken from another file are refused', async () => {
    const keyring = await Keyring.open(join(folder, 'keys'))
    writeFileSync(plain, randomBytes(4 * SEGMENT))
    await keyring.sealFile('C-001', plain, sealed)
    const whole = readFileSync(sealed)
    await keyring.sealFile('C-001', plain, sealed)
    const other = readFileSync(sealed)
    const part = (of: Buffer, at: number) => of.subarray(40 + at * (SEGMENT + 16), 40 + (at + 1) * (SEGMENT + 16))
    const head = whole.subarray(0, 40)
    const made = (...at: number[]) => [head, ...at.map((each) => part(whole, each))]
    const bad = join(folder, 'bad')
    for (const parts of [
      ...[made(1, 0, 2, 3), made(0, 1, 1, 2, 3), made(0, 2, 3), made(0, 1, 2), made(3), made(0, 1, 2, 3, 3)],
      ...[
        [...made(0, 1, 2), part(other, 3)],
        [other.subarray(0, 40), ...made(0, 1, 2, 3).slice(1)],
        [...made(0, 1, 2, 3), Buffer.of(0)],
      ],
    ]) {
      writeFileSync(bad, Buffer.concat(parts))
      await expect(keyring.openFile('C-001', bad, opened)).rejects.toThrow('evidence/seal-broken')
    }
    writeFileSync(bad, Buffer.concat(made(0, 1, 2, 3)))
    expect(await keyring.openFile('C-001', bad, opened)).toBe(true)
  })

  it('that are not there are told by name', async () => {
    const keyring = await Keyring.open(join(folder, 'keys'))
    await expect(keyring.sealFile('C-001', join(folder, 'none'), sealed)).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
