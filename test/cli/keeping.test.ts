import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clearAway, EXAMPLE, filesBelow, newFolder, smallBusiness } from '../faults/business.ts'
import { type Answer, convenio, fileOf } from './run.ts'

const STACK = /\n\s+at .+:\d+:\d+|TypeError|ReferenceError|Convenio itself failed/
const AS_OF = ['--as-of', '2025-01-31', '--known-at', '2025-02-28']
const RECEIVED = ['--received-at', '2025-02-10']
const SOURCES = ['deployments', 'incidents', 'changes', 'certificates', 'surveys', 'contacts', 'probes', 'meetings']

let business = ''
let data = ''
let rejectsOf = ''

function on(folder: string, ...args: string[]): Answer {
  const answer = convenio(args, { CONVENIO_DATA: folder })
  expect(answer.out + answer.err).not.toMatch(STACK)
  return answer
}

function ok(folder: string, ...args: string[]): string {
  const answer = on(folder, ...args)
  expect(answer.code, `${args.join(' ')}: ${answer.err}${answer.out}`).toBe(0)
  return answer.out
}

function copy(): string {
  const folder = join(newFolder(), 'data')
  cpSync(data, folder, { recursive: true })
  return folder
}

// A person and a number that stand in a good row of one file and in a bad row of another.
const NAME = 'Ñusta Quispe Rosamel'
const PHONE = '+56987654321'

beforeAll(() => {
  business = smallBusiness(7).files
  data = join(newFolder(), 'data')
  ok(data, 'init', EXAMPLE)
  ok(data, 'import', ...SOURCES.map((name) => join(business, name)), ...RECEIVED)
  const [header] = readFileSync(join(business, 'surveys/responses-2024-Q4.csv'), 'utf8').split(/\r?\n/)
  const good = `R_1,2024-12-08T15:23:00Z,SV_2024Q4,C-001,gas-peumo,10,5,${NAME},llamar al ${PHONE}`
  const bad = `R_2,mañana,SV_2024Q4,C-001,gas-peumo,10,5,${NAME},llamar al ${PHONE}`
  const survey = fileOf('responses-2024-Q4-b.csv', `${header}\n${good}\n${bad}\n`)
  const report = JSON.parse(ok(data, 'import', 'surveys', survey, ...RECEIVED, '--format', 'json'))
  rejectsOf = report.deliveries[0].import
}, 240_000)
afterAll(clearAway)

describe('retract', { timeout: 240_000 }, () => {
  test('takes an import back from a day on; before it everything is as it was', () => {
    const folder = copy()
    const imports = JSON.parse(ok(folder, 'evidence', '--imports', '--format', 'json'))
    const changes = imports.filter(({ source }: { source: string }) => source === 'changes')
    const id = changes.at(-1).id
    const rowsAt = (day: string) =>
      JSON.parse(ok(folder, 'evidence', '--as-of', '2025-01-31', '--known-at', day, '--format', 'json')).datasets.find(
        ({ dataset }: { dataset: string }) => dataset === 'changes',
      ).rows
    const before = rowsAt('2025-02-28')
    const day = ['--received-at', '2025-02-20']
    const done = ok(folder, 'retract', id, '--reason', 'wrong month', ...day, '--language', 'es')
    expect(done).toBe(
      `La importación ${id} queda retirada desde el 20 de febrero de 2025; lo que había reemplazado rige de nuevo. Lo que otros archivos solo repetían de ella vuelve al importarlos otra vez.\n`,
    )
    expect(rowsAt('2025-02-28')).toBe(before - changes.at(-1).tally.kept)
    expect(rowsAt('2025-02-19')).toBe(before)
    expect(ok(folder, 'retract', id, '--reason', 'again')).toContain('was taken back on 20 February 2025 already')
    expect(ok(folder, 'evidence', '--imports', '--language', 'es')).toContain('retirada el 20 de febrero de 2025')
    // What was taken back can come again.
    expect(ok(folder, 'import', join(business, 'changes'), ...RECEIVED)).toMatch(/kept [1-9]/)
    expect(rowsAt('2025-02-28')).toBe(before)
  })

  test('names an import that does not exist, and wants a reason', () => {
    const lost = on(data, 'retract', 'nobody', '--reason', 'x', '--language', 'es')
    expect([lost.code, lost.err]).toEqual([2, 'No existe la importación nobody.\n'])
    expect(on(data, 'retract', rejectsOf).code).toBe(2)
  })
})

describe('waive', { timeout: 240_000 }, () => {
  const verdictOf = (folder: string, id: string) => {
    const standing = JSON.parse(ok(folder, 'standing', '--format', 'json'))
    return standing.clauses.find((each: { id: string }) => each.id === id).verdict
  }

  test('excuses a clause until its day, and proves nothing', () => {
    const folder = copy()
    const through = () => JSON.parse(ok(folder, 'standing', '--format', 'json')).evidenceThrough
    const before = through()
    const by = ['--reason', 'agreed', '--approved-by', 'Ana Soto']
    const said = ok(folder, 'waive', 'commitment/year-2', ...by, '--until', '2099-12-31', '--language', 'es')
    expect(said).toContain('queda exceptuada hasta el 31 de diciembre de 2099, aprobado por Ana Soto')
    expect(verdictOf(folder, 'commitment/year-2')).toBe('waived')
    expect(through()).toBe(before)
    ok(folder, 'waive', 'commitment/year-1', ...by, '--until', '2025-12-31')
    expect(verdictOf(folder, 'commitment/year-1')).not.toBe('waived')
    expect(ok(folder, 'evidence', '--imports')).toMatch(/Waivers {2}commitment\/year-2/)
    const near = on(folder, 'waive', 'commitment/yaer-2', ...by, '--until', '2099-12-31')
    expect([near.code, near.err]).toEqual([2, expect.stringContaining('commitment/year-2')])
    expect(on(folder, 'waive', 'commitment/year-2', ...by, '--until', 'soon').code).toBe(2)
  })
})

/** Everything that an installation keeps, as bytes: its files, and its records out of a back-up, where nothing is compressed. */
function everythingOf(folder: string): Buffer {
  const backup = join(newFolder(), 'backup.tar.gz')
  ok(folder, 'backup', backup)
  const files = filesBelow(folder).map((path) => readFileSync(join(folder, path)))
  return Buffer.concat([gunzipSync(readFileSync(backup)), ...files])
}

// As text, as JSON escapes it, and as UTF-16 would have it.
function isReadable(bytes: Buffer, text: string): boolean {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replace(/[^ -~]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return [Buffer.from(text), Buffer.from(escaped), Buffer.from(text, 'utf16le')].some((each) => bytes.includes(each))
}

describe('erase', { timeout: 240_000 }, () => {
  test('nothing personal stands in clear before, and nothing of it can be read after', () => {
    const folder = copy()
    const persons = [NAME, PHONE, ...personsOf(business)]
    expect(persons.length).toBeGreaterThan(20)
    const before = everythingOf(folder)
    expect(persons.filter((person) => isReadable(before, person))).toEqual([])
    // The search finds what is there.
    expect(isReadable(before, 'gas-peumo')).toBe(true)
    expect(ok(folder, 'evidence', '--rejects', rejectsOf)).toContain(`${NAME},llamar al ${PHONE}`)
    const standing = ok(folder, 'standing', ...AS_OF, '--format', 'json')
    expect(ok(folder, 'erase', 'C-001', '--reason', 'asked for')).toContain('personal data of C-001 is erased')
    const rejects = ok(folder, 'evidence', '--rejects', rejectsOf, '--language', 'es')
    expect(rejects).toContain('(borrado)')
    expect(rejects).not.toContain(NAME)
    const after = everythingOf(folder)
    expect(persons.filter((person) => isReadable(after, person))).toEqual([])
    expect(ok(folder, 'standing', ...AS_OF, '--format', 'json')).toBe(standing)
    expect(ok(folder, 'audit', 'verify')).toContain('is unbroken')
    expect(ok(folder, 'erase', 'C-001', '--reason', 'again', '--language', 'es')).toContain('Nada que borrar')
  })

  test('a mistyped customer is no erased one', () => {
    const { code, out, err } = on(data, 'erase', 'C-0O1', '--reason', 'asked for')
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/nothing was erased\. Did you mean C-001/)
  })
})

/** Names and numbers of people in the simulated business's files. */
function personsOf(folder: string): string[] {
  const read = (path: string) => readFileSync(join(folder, path), 'utf8')
  const incidents = JSON.parse(read('incidents/incident-2025-01.json')).result as Record<string, string>[]
  const inventory = JSON.parse(read('deployments/inventory-2025-01-31.json')).deployments as Record<string, string>[]
  const certificates = read('certificates/certifications-2025-01-31.csv').split(/\r?\n/).slice(1)
  const contacts = filesBelow(join(folder, 'contacts')).map((path) =>
    gunzipSync(readFileSync(join(folder, 'contacts', path))).toString(),
  )
  const numbers = contacts.flatMap((text) => text.match(/\+569\d{8}/g) ?? [])
  const people = [
    ...incidents.flatMap((each) => [each.caller_id, each.assigned_to, /\S+@\S+\w/.exec(each.description ?? '')?.[0]]),
    ...inventory.map((each) => each.Contact),
    ...certificates.slice(0, 12).map((line) => line.split(',')[2]),
    ...numbers.slice(0, 20),
  ]
  return [...new Set(people.filter((each): each is string => each !== undefined && each.length > 5))]
}

describe('audit', { timeout: 240_000 }, () => {
  test('verify, checkpoint, and another party that verifies without the installation', () => {
    const folder = copy()
    const place = newFolder()
    const [checkpoint, entries] = [join(place, 'checkpoint.json'), join(place, 'entries.jsonl')]
    const spanish = ok(folder, 'audit', 'verify', '--language', 'es')
    expect(spanish).toMatch(
      /^La cadena de auditoría de \d+ entradas está íntegra; .*\n\d+ archivos están tal como se importaron\.\n$/,
    )
    expect(ok(folder, 'audit', 'verify')).not.toBe(spanish)
    const written = ok(folder, 'audit', 'checkpoint', checkpoint, '--entries', entries, '--language', 'es')
    expect(written).toMatch(/^Punto de control .*\n\d+ entradas escritas en /)
    const nowhere = join(newFolder(), 'nothing')
    const other = ['audit', 'verify', '--entries', entries, '--checkpoint', checkpoint]
    expect(ok(nowhere, ...other)).toContain('is unbroken')
    const lines = readFileSync(entries, 'utf8').trimEnd().split('\n')
    writeFileSync(entries, `${lines.with(2, (lines[2] ?? '').replace('"kept":', '"kept":1')).join('\n')}\n`)
    const changed = on(nowhere, ...other, '--language', 'es')
    expect([changed.code, changed.out]).toEqual([1, ''])
    expect(changed.err).toMatch(/entrada 3 de la cadena/)
    writeFileSync(entries, `${lines.slice(0, -1).join('\n')}\n`)
    expect(on(nowhere, ...other).err).toContain(`ends before entry ${lines.length}`)
    expect(on(nowhere, 'audit', 'verify', '--entries', 'nowhere.jsonl').code).toBe(1)
    // More happens, and the old checkpoint still holds.
    ok(folder, 'waive', 'commitment/year-2', '--reason', 'x', '--approved-by', 'y', '--until', '2099-12-31')
    expect(ok(folder, 'audit', 'verify', '--checkpoint', checkpoint)).toContain('is unbroken')
  })
})

describe('back-up and restore', { timeout: 240_000 }, () => {
  test('in another folder the standing is the same to the byte', () => {
    const backup = join(newFolder(), 'backup.tar.gz')
    expect(ok(data, 'backup', backup, '--language', 'es')).toMatch(/^Respaldo escrito en .* elementos, \d/)
    const place = join(newFolder(), 'elsewhere')
    const said = ok(place, 'restore', backup, '--language', 'es')
    expect(said).toContain(`Recuperado en ${place}`)
    for (const command of ['standing', 'evidence'])
      expect(ok(place, command, ...AS_OF, '--format', 'json')).toBe(ok(data, command, ...AS_OF, '--format', 'json'))
    expect(ok(place, 'audit', 'verify')).toContain('is unbroken')
    const again = on(place, 'restore', backup, '--language', 'es')
    expect([again.code, again.err]).toEqual([
      1,
      `${place} ya contiene una instalación. Recupere en una carpeta vacía.\n`,
    ])
    const cut = fileOf('cut.tar.gz', readFileSync(backup).subarray(0, 5000))
    const refused = on(join(newFolder(), 'new'), 'restore', cut, '--language', 'es')
    expect([refused.code, refused.err]).toEqual([1, expect.stringMatching(/respaldo/)])
    expect(on(join(newFolder(), 'new'), 'restore', 'nowhere.tar.gz').code).toBe(1)
    const unwritable = on(data, 'backup', join(backup, 'inside.tar.gz'), '--language', 'es')
    expect([unwritable.code, unwritable.err]).toEqual([1, expect.stringContaining('no existe')])
  })
})
