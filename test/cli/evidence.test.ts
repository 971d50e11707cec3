import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clearAway, EXAMPLE, filesBelow, newFolder, smallBusiness } from '../faults/business.ts'
import { type Answer, convenio, fileOf } from './run.ts'

/** What a terminal shows of an exception. */
const STACK = /\n\s+at .+:\d+:\d+|TypeError|ReferenceError|Convenio itself failed/
const ENGLISH = /\b(?:the|is|are|was|were|this|not|already|rows?|files?|kept|rejected|with|and|imported|evidence)\b/i

/** A Spanish text: words in it are Spanish, and none is English but names of files and of the agreement. */
function expectSpanish(text: string, ...words: string[]): void {
  for (const word of words) expect(text).toContain(word)
  const own = text.replace(/«[^»]*»|\S*[/\\]\S*|\S+\.\w+\b/g, '')
  expect(own).not.toMatch(ENGLISH)
}

let business = ''
let said = ''
let data = ''
let empty = ''

/** Runs a command on an installation; nothing may ever show its insides. */
function on(folder: string, args: string[], env: Record<string, string> = {}): Answer {
  const answer = convenio(args, { CONVENIO_DATA: folder, ...env })
  expect(answer.out + answer.err).not.toMatch(STACK)
  return answer
}

function ok(folder: string, ...args: string[]): string {
  const answer = on(folder, args)
  expect(answer.code, `${args.join(' ')}: ${answer.err}${answer.out}`).toBe(0)
  return answer.out
}

function json(folder: string, ...args: string[]) {
  return JSON.parse(ok(folder, ...args, '--format', 'json'))
}

beforeAll(() => {
  const made = smallBusiness(7, '--language', 'es')
  business = made.files
  said = made.said
  data = join(newFolder(), 'data')
  ok(data, 'init', EXAMPLE, '--bill-source', 'cur')
  empty = join(newFolder(), 'data')
  cpSync(data, empty, { recursive: true })
}, 240_000)
afterAll(clearAway)

const AS_OF = ['--as-of', '2025-01-31', '--known-at', '2025-02-28']
const RECEIVED = ['--received-at', '2025-02-10']

test('simulate says in Spanish what it wrote', () => {
  expectSpanish(said, 'archivos en', 'fallas plantadas')
  expect(existsSync(join(business, 'truth.json'))).toBe(true)
})

describe('without an installation', () => {
  const commands: string[][] = [
    ['import', EXAMPLE],
    ['evidence'],
    ['evidence', '--imports'],
    ['retract', 'x', '--reason', 'y'],
    ['erase', 'C-001', '--reason', 'y'],
    ['audit', 'verify'],
    ['audit', 'checkpoint'],
    ['backup', 'nowhere.tar.gz'],
  ]
  test.each(commands)('%s %s says how to make one', (...args) => {
    const folder = join(newFolder(), 'nothing')
    const { code, out, err } = on(folder, args, { CONVENIO_LANGUAGE: 'es' })
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain(`convenio init CONVENIO --data ${folder}`)
    expectSpanish(err, 'No hay una instalación')
    expect(existsSync(folder)).toBe(false)
  })
})

describe('init', { timeout: 240_000 }, () => {
  test('takes a text over, again with a changed one, and again with its own', () => {
    const folder = join(newFolder(), 'data')
    cpSync(empty, folder, { recursive: true })
    const newer = join(newFolder(), 'wom-aws-chile')
    cpSync(EXAMPLE, newer, { recursive: true })
    const text = readFileSync(join(newer, 'agreement.md'), 'utf8').replace('Year 2', 'Second year')
    writeFileSync(join(newer, 'agreement.md'), text)
    expectSpanish(ok(folder, 'init', newer, '--language', 'es'), 'contiene ahora la instalación')
    expect(readFileSync(join(folder, 'agreements/wom-aws-chile/agreement.md'), 'utf8')).toBe(text)
    ok(folder, 'init', '--bill-source', 'focus')
    expect(readFileSync(join(folder, 'agreements/wom-aws-chile/agreement.md'), 'utf8')).toBe(text)
    const entries = join(newFolder(), 'entries.jsonl')
    ok(folder, 'audit', 'checkpoint', join(newFolder(), 'checkpoint.json'), '--entries', entries)
    const acts = readFileSync(entries, 'utf8').trimEnd().split('\n')
    const told = acts.map((line) => JSON.parse(line)).map(({ action, detail }) => [action, detail.value ?? ''])
    const again = ['agreement', '']
    expect(told).toEqual([['init', ''], ['setting', 'cur'], again, again, ['setting', 'focus']])
    const hashes = acts.map((line) =>
      JSON.parse(line).detail.files?.find((each: string) => / agreement\.md$/.test(each)),
    )
    expect(hashes[2]).not.toBe(hashes[0])
    expect(hashes[3]).toBe(hashes[2])
  })

  test('refuses another agreement, a bad supplement and a folder that cannot be made', () => {
    const before = filesBelow(join(empty, 'agreements'))
    const other = on(empty, ['init', 'test/agreements/andes-aws-peru'])
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('is the installation of “wom-aws-chile”')])
    const bad = fileOf('supplement.yaml', 'rules:\n  - topic: nothing-known\n    value: 3\n')
    const refused = on(empty, ['init', EXAMPLE, '--supplement', bad])
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('supplement.yaml')])
    expect(filesBelow(join(empty, 'agreements'))).toEqual(before)
    const inFile = on(join(fileOf('file', 'x'), 'data'), ['init', EXAMPLE], { CONVENIO_LANGUAGE: 'es' })
    expect([inFile.code, inFile.err]).toEqual([1, expect.stringContaining('no existe')])
  })
})

describe('what import refuses', { timeout: 240_000 }, () => {
  const survey = () => join(business, 'surveys/responses-2024-Q4.csv')
  test('a source that does not exist, a path that does not, no path', () => {
    const mistyped = on(empty, ['import', 'surveis', survey()])
    expect(mistyped.code).toBe(2)
    expect(mistyped.err).toMatch(/surveis.*surveys, .*Did you mean surveys\?/s)
    const lost = on(empty, ['import', 'nowhere.csv', '--language', 'es'])
    expect([lost.code, lost.err]).toEqual([1, 'nowhere.csv no existe.\n'])
    expect(on(empty, ['import', 'surveys']).code).toBe(2)
    expect(on(empty, ['import', survey(), '--received-at', '31.1.2025']).code).toBe(2)
  })

  test('a file of another source, with the name of the right one', () => {
    const { code, out, err } = on(empty, ['import', 'incidents', survey(), '--language', 'es'])
    expect([code, err]).toEqual([1, ''])
    expectSpanish(out, 'no es un archivo de', 'convenio import surveys')
    expect(on(empty, ['import', 'incidents', fileOf('notes.txt', 'hello')]).out).toContain('is no file of')
  })

  test('a file of no source is named, and the others go in', () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'holiday.txt'), 'nothing to see')
    cpSync(survey(), join(folder, 'a.csv'))
    const report = json(empty, 'import', folder, '--dry-run')
    expect(report.unrecognised).toEqual(['holiday.txt'])
    expect(report.kept).toBeGreaterThan(5)
    expectSpanish(ok(empty, 'import', join(folder, 'holiday.txt'), '--language', 'es'), 'de ninguna fuente conocida')
  })

  test('a rehearsal says what would happen and writes nothing', () => {
    const before = filesBelow(empty).filter((path) => !/^(records|staging)|installation\.lock/.test(path))
    const standing = ok(empty, 'standing', ...AS_OF, '--format', 'json')
    const few = [join(business, 'incidents'), join(business, 'deployments'), join(business, 'probes')]
    const text = ok(empty, 'import', ...few, '--dry-run', ...RECEIVED, '--language', 'es')
    expect(text).toContain('Ensayo: no se escribe nada.')
    expect(ok(empty, 'evidence', '--imports')).toBe('Nothing has been imported yet.\n')
    expect(ok(empty, 'standing', ...AS_OF, '--format', 'json')).toBe(standing)
    expect(ok(empty, 'audit', 'verify')).toContain('0 files are as imported')
    expect(filesBelow(empty).filter((path) => !/^(records|staging)|installation\.lock/.test(path))).toEqual(before)
  })
})

describe('import of a folder', { timeout: 240_000 }, () => {
  const state = () => [
    ok(data, 'evidence', ...AS_OF, '--format', 'json'),
    ok(data, 'standing', ...AS_OF, '--format', 'json'),
  ]

  test('adds up, names what it does not know, and twice changes nothing', () => {
    const rehearsed = json(data, 'import', business, '--dry-run', ...RECEIVED)
    const report = json(data, 'import', business, ...RECEIVED)
    const { read, kept, duplicate, superseded, rejected } = report
    expect(read).toBe(kept + duplicate + superseded + rejected)
    expect(kept).toBeGreaterThan(500)
    expect(report.unrecognised).toEqual(['truth.json'])
    for (const delivery of report.deliveries) {
      expect(delivery.refused, delivery.label).toEqual([])
      expect(delivery.read).toBe(delivery.kept + delivery.duplicate + delivery.superseded + delivery.rejected)
    }
    // What the rehearsal said is what came.
    const rest = { read, kept, duplicate, superseded, rejected, unrecognised: ['truth.json'] }
    expect(rehearsed).toMatchObject({ dryRun: true, ...rest })
    const first = state()
    const again = on(data, ['import', business, ...RECEIVED, '--language', 'es'])
    expect(again.code, again.err).toBe(0)
    const told = again.out.replace(/\s+/g, ' ')
    expect(told).toMatch(
      /Todas las filas: leídas \S+ = incorporadas 0 \+ duplicadas \S+ \+ reemplazadas 0 \+ rechazadas \d+ $/,
    )
    expectSpanish(told.slice(told.indexOf('Todas las filas')))
    expect(told).toContain('ya estaban byte por byte')
    expect(state()).toEqual(first)
  })

  test('evidence: what there is and what is missing, in the promised shape', () => {
    const report = json(data, 'evidence', ...AS_OF)
    const day = expect.stringMatching(/^\d{4}-\d\d-\d\d$/)
    const grade = expect.stringMatching(/^(declared|reported|measured|attested)$/)
    const there = report.datasets.filter(({ rows }: { rows: number }) => rows > 0)
    expect(there.length).toBeGreaterThan(15)
    for (const each of there)
      expect(each).toMatchObject({
        dataset: expect.any(String),
        rows: expect.any(Number),
        from: day,
        through: day,
        grade,
      })
    for (const each of report.clauses)
      expect(each).toMatchObject({ id: expect.any(String), needs: expect.any(Array), missing: expect.any(Array) })
    expect(report.clauses.some(({ missing }: { missing: string[] }) => missing.length > 0)).toBe(true)
    const english = ok(data, 'evidence', ...AS_OF)
    const spanish = ok(data, 'evidence', ...AS_OF, '--language', 'es')
    expect(english).toContain('Evidence by dataset')
    expect(spanish).toContain('Evidencia por conjunto de datos')
    expect(english.split('\n').filter((line, at) => line === spanish.split('\n')[at] && / rows? /.test(line))).toEqual(
      [],
    )
    const imports = ok(data, 'evidence', '--imports', '--language', 'es')
    expectSpanish(
      imports
        .split('\n')
        .filter((line) => line.startsWith('    '))
        .join('\n'),
      'leídas',
      'incorporadas',
    )
    expect(imports).not.toMatch(/source\.|import\./)
  })

  test('standing and why stand on rows of files', () => {
    const standing = json(data, 'standing', ...AS_OF)
    expect(standing.clauses.filter(({ grade }: { grade: string }) => grade === 'reported').length).toBeGreaterThan(5)
    const id = 'service-level/change-success-rate'
    const why = json(data, 'why', id, ...AS_OF)
    const leaves = leavesOf(why.trace).filter((leaf) => leaf.kind === 'evidence')
    expect(leaves.length).toBeGreaterThan(2)
    for (const { evidence } of leaves)
      expect(evidence).toMatchObject({
        source: 'changes',
        file: expect.stringMatching(/^changes\/change_request-.*\.json$/),
        row: expect.stringMatching(/^\d+$/),
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      })
    const spanish = ok(data, 'why', id, ...AS_OF, '--language', 'es')
    expect(spanish).toMatch(/change_request-2024-12\.json, fila 1, [0-9a-f]{12}/)
    expect(ok(data, 'standing', ...AS_OF, '--language', 'es')).toMatch(/^INCUMPLIDA \(\d+\)$/m)
  })

  test('what was known before the files were received is nothing of them', () => {
    const early = json(data, 'evidence', '--as-of', '2025-01-31', '--known-at', '2025-02-09')
    expect(early.datasets.filter(({ rows }: { rows: number }) => rows > 0)).toEqual([])
    const onDay = json(data, 'evidence', '--as-of', '2025-01-31', '--known-at', '2025-02-10')
    expect(onDay.datasets).toEqual(json(data, 'evidence', ...AS_OF).datasets)
  })

  test('bad rows are kept with their bytes, and the good ones of the file go in', () => {
    const [header, good] = readFileSync(join(business, 'surveys/responses-2024-Q4.csv'), 'utf8').split(/\r?\n/)
    const bad = 'R_bad,tomorrow,SV_1,C-001,gas-peumo,10,5,"Ñusta Quispe, Rosa","+56 9 8765 4321"'
    const file = fileOf('responses.csv', `${header}\n${good}\n${bad}\n`)
    const { code, out, err } = on(data, ['import', 'surveys', file, ...RECEIVED, '--format', 'json'])
    expect([code, err]).toEqual([0, ''])
    const report = JSON.parse(out)
    expect(report).toMatchObject({ read: 2, rejected: 1 })
    const id = report.deliveries[0].import
    const [reject] = json(data, 'evidence', '--rejects', id)
    expect(reject).toMatchObject({ file: 'responses.csv', row: 2, raw: bad, owner: 'C-001' })
    const text = ok(data, 'evidence', '--rejects', id, '--language', 'es')
    expect(text).toContain(bad)
    expectSpanish(text.split('\n')[0] ?? '', 'RecordedDate: ', 'no es una fecha')
    expect(report.deliveries[0].rejects[0].faults[0].message).toContain('RecordedDate: aaaaaaaa is no day')
    expect(on(data, ['evidence', '--rejects', 'nobody']).code).toBe(2)
  })
})

interface Leaf {
  kind: string
  evidence: object
  children: Leaf[]
}

function leavesOf(node: Leaf): Leaf[] {
  return [node, ...node.children.flatMap(leavesOf)]
}

test('a folder without files, and one with hidden ones alone, is told', () => {
  const folder = newFolder()
  mkdirSync(join(folder, 'deep'))
  writeFileSync(join(folder, '.hidden'), 'x')
  expect(ok(empty, 'import', folder)).toContain('read 0 = kept 0')
})
