import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import {
  createOnce,
  describeFileFault,
  hashFile,
  isTemporary,
  LedgerFault,
  placeCopy,
  placeDurably,
  removeQuietly,
  removeTemporary,
  replaceNow,
  temporaryBeside,
  writeDurably,
} from '../../src/evidence/files.ts'
import { LANGUAGES, message, speaker, type Words } from '../../src/language/index.ts'
import { ROOT } from '../tidy/tree.ts'
import { compile, run } from './compiled.ts'

const words = parse(readFileSync(join(ROOT, 'src/evidence/words.yaml'), 'utf8')) as Words
const newFolder = () => mkdtempSync(join(tmpdir(), 'convenio-files-'))

describe('files that last', () => {
  it('replace what was there and leave nothing beside', async () => {
    const folder = newFolder()
    const path = join(folder, 'a')
    await writeDurably(path, 'one')
    await writeDurably(path, Buffer.from('two'), 0o600)
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['two', 0o600])
    replaceNow(path, 'three')
    expect(readFileSync(path, 'utf8')).toBe('three')
    expect(createOnce(path, 'four')).toBe(false)
    expect(createOnce(join(folder, 'b'), 'five')).toBe(true)
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['three', ['a', 'b']])
  })

  it('are moved, also by copying', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'sub'))
    const [from, to] = [join(folder, 'from'), join(folder, 'sub', 'to')]
    for (const place of [placeDurably, placeCopy]) {
      writeFileSync(from, place.name)
      await place(from, to)
      expect([existsSync(from), readFileSync(to, 'utf8')]).toEqual([false, place.name])
    }
    const memory = existsSync('/dev/shm') && statSync('/dev/shm').dev !== statSync(folder).dev
    if (memory) {
      const far = join(mkdtempSync('/dev/shm/convenio-'), 'far')
      writeFileSync(far, 'far')
      await placeDurably(far, to)
      expect([existsSync(far), readFileSync(to, 'utf8')]).toEqual([false, 'far'])
      await removeQuietly(dirname(far))
    }
    expect(readdirSync(join(folder, 'sub'))).toEqual(['to'])
  })

  it('are known by their hash', async () => {
    const path = join(newFolder(), 'a')
    const bytes = Buffer.alloc(3_000_000, 'convenio')
    writeFileSync(path, bytes)
    expect(await hashFile(path)).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('that a killed writer left are known by their names and removed', async () => {
    const folder = newFolder()
    const left = temporaryBeside(join(folder, 'a'))
    for (const path of [left, join(folder, 'a.part'), join(folder, 'a')]) writeFileSync(path, '')
    expect(isTemporary(left)).toBe(true)
    expect(await removeTemporary(folder)).toHaveLength(1)
    expect(readdirSync(folder)).toEqual(['a', 'a.part'])
    await removeQuietly(join(folder, 'none', 'none'))
  })
})

describe('faults of files', () => {
  const fault = (code: string, more = {}) => Object.assign(new Error(code), { code, path: '/data/x', ...more })

  it('are said in both languages, with what to do', () => {
    const codes = [
      'ENOSPC',
      'EDQUOT',
      'EFBIG',
      'EROFS',
      'EACCES',
      'EPERM',
      'EIO',
      'EMFILE',
      'ENFILE',
      'ENOENT',
      'ENOTDIR',
    ]
    const said = [...codes.map((code) => fault(code)), fault('EPERM', { syscall: 'link' })].map((each) =>
      describeFileFault(each),
    )
    for (const each of said) {
      for (const language of LANGUAGES) {
        const { say } = speaker(language, words)
        expect(say(each ?? message('nothing'))).toContain('/data/x')
        expect(say(message(`${each?.id}.fix`, each?.params))).toMatch(/^[^{}]{20,}$/)
      }
    }
    expect(new Set(said.map((each) => each?.id)).size).toBe(8)
    expect(describeFileFault(fault('ENOSPC', { path: undefined }), '/y')?.params).toEqual({ path: '/y' })
    expect(describeFileFault(new LedgerFault(message('evidence/archive-cut')))?.id).toBe('evidence/archive-cut')
    expect([describeFileFault(new Error('bug')), describeFileFault('bug'), describeFileFault(fault('EXDEV'))]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('name the place, not the temporary file beside it', async () => {
    const folder = newFolder()
    const path = join(folder, 'none', 'a')
    for (const work of [
      () => writeDurably(path, ''),
      async () => replaceNow(path, ''),
      async () => createOnce(path, ''),
    ]) {
      const error: unknown = await work().catch((reason: unknown) => reason)
      expect(describeFileFault(error)).toEqual(message('evidence/not-there', { path }))
    }
  })

  it('have words for all that the code says', () => {
    const ids = [
      'files',
      'lock',
      'keyring/key-files',
      'keyring/keyring',
      'keyring/segments',
      'audit/checkpoint',
      'archive/read-archive',
      'archive/write-archive',
    ]
      .map((name) => readFileSync(join(ROOT, `src/evidence/${name}.ts`), 'utf8'))
      .flatMap((text) => [...text.matchAll(/'(evidence\/[a-z-]+)'/g)].map((match) => match[1] ?? ''))
    expect(ids.length).toBeGreaterThan(25)
    for (const id of ids) expect([id in words, `${id}.fix` in words], id).toEqual([true, true])
  })
})

describe('a disk that takes no more', () => {
  let compiled = ''
  beforeAll(() => {
    compiled = compile('evidence/files.ts')
  }, 60_000)

  it('leaves what was there before and nothing half', async () => {
    const folder = newFolder()
    const path = join(folder, 'a')
    writeFileSync(path, 'before')
    // One block of 512 bytes, or of 1,024 as some shells count.
    const { out } = await run(
      compiled,
      `import { writeDurably, describeFileFault } from './evidence/files.js'
      const error = await writeDurably(${JSON.stringify(path)}, Buffer.alloc(100000)).catch((reason) => reason)
      console.log(JSON.stringify(describeFileFault(error)))`,
      'ulimit -f 1;',
    ).ended
    expect(JSON.parse(out)).toEqual(message('evidence/file-too-big', { path }))
    expect([readdirSync(folder), readFileSync(path, 'utf8')]).toEqual([['a'], 'before'])
  })
})
