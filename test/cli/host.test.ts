import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Host, type Outlet, TypedPaths } from '../../src/cli/host.ts'
import { commands } from '../../src/cli/registry.ts'
import { runCommand } from '../../src/cli/run-command.ts'

const FOLDER = 'src/cli'
// The process as a host, and what starts it.
const ALLOWED = ['host.ts', 'main.ts']
const SURROUNDINGS =
  /\bprocess\s*\.\s*(?:stdout|stderr|stdin|env|cwd|argv|chdir)\b|\bconsole\s*\.|\bfrom 'node:process'/

function reaching(text: string): string[] {
  return text.split('\n').filter((line) => SURROUNDINGS.test(line))
}

it('no command reaches its surroundings but through its host', () => {
  const files = readdirSync(FOLDER, { recursive: true }).map(String)
  const modules = files.filter((name) => name.endsWith('.ts') && !ALLOWED.includes(name))
  expect(modules.length).toBeGreaterThan(Object.keys(commands).length)
  const found = modules.flatMap((name) =>
    reaching(readFileSync(join(FOLDER, name), 'utf8')).map((line) => `${name}: ${line.trim()}`),
  )
  expect(found).toEqual([])
  expect(reaching('const x = process.env.HOME')).toHaveLength(1)
  for (const name of ALLOWED) expect(reaching(readFileSync(join(FOLDER, name), 'utf8'))).not.toEqual([])
})

function memory(env: Record<string, string> = {}, cwd = process.cwd()): Host & { said: { out: string; err: string } } {
  const said = { out: '', err: '' }
  const paths = new TypedPaths(cwd)
  const outlet = (to: 'out' | 'err'): Outlet => ({
    isTTY: false,
    columns: undefined,
    hasColors: false,
    write: (text) => {
      said[to] += paths.asTyped(text)
    },
  })
  const all = { CONVENIO_LANGUAGE: 'en', CONVENIO_DATA: '/nonexistent/convenio', ...env }
  return {
    said,
    out: outlet('out'),
    err: outlet('err'),
    env: all,
    cwd,
    actor: 'a test',
    path: (typed) => paths.place(typed),
  }
}

it('a command runs in any surroundings, several at once, each in its own language', { timeout: 120_000 }, async () => {
  const [english, spanish, wrong, help] = [memory(), memory({ CONVENIO_LANGUAGE: 'es' }), memory(), memory()]
  const check = ['check', 'agreements/wom-aws-chile', '--as-of', '2025-01-31']
  const codes = await Promise.all([
    runCommand(check, english),
    runCommand(check, spanish),
    runCommand(['check', '--loud'], wrong),
    runCommand(['--help'], help),
  ])
  expect(codes).toEqual([1, 1, 2, 0])
  expect(english.said.out).toContain('What does not add up')
  expect(spanish.said.out).toContain('Lo que no cuadra')
  expect([wrong.said.out, wrong.said.err]).toEqual(['', expect.stringContaining("unknown option '--loud'")])
  for (const name of Object.keys(commands)) expect(help.said.out).toContain(`  ${name}`)
})

it('a command typed in another folder takes paths from there and names them as typed', {
  timeout: 120_000,
}, async () => {
  const here = memory()
  const there = memory({}, join(process.cwd(), 'agreements'))
  const file = memory({}, join(process.cwd(), 'agreements/wom-aws-chile'))
  const rest = ['--as-of', '2025-01-31']
  await runCommand(['check', 'agreements/wom-aws-chile', ...rest], here)
  await runCommand(['check', './wom-aws-chile', ...rest], there)
  await runCommand(['check', 'agreement.md', '--supplement', './twin-supplement.yaml', ...rest], file)
  expect(here.said.out).toContain('agreements/wom-aws-chile/agreement.md:')
  const lines = (text: string) => text.split('\n').filter((line) => line.includes('─ '))
  expect(lines(there.said.out)).toEqual(lines(here.said.out.replaceAll('agreements/wom-aws-chile', 'wom-aws-chile')))
  expect(file.said.out).toMatch(/─ agreement\.md:\d/)
  expect(file.said.out).not.toContain(process.cwd())
  const lost = memory({}, '/nonexistent')
  expect(await runCommand(['simulate', './no.yaml', '--out', 'x'], lost)).toBe(1)
  expect(lost.said.err).toBe('./no.yaml does not exist.\n')
})

it('places are named again as typed, and nothing else is', () => {
  const paths = new TypedPaths('/home/ana')
  for (const [typed, place] of [
    ['data', '/home/ana/data'],
    ['.', '/home/ana'],
    ['../otra', '/home/otra'],
    ['/tmp/x', '/tmp/x'],
    ['', ''],
  ] as const)
    expect(paths.place(typed)).toBe(place)
  expect(paths.asTyped('/home/ana/data/a.md:3, /home/ana/b.md, /home/otra/c, /home/ana/data.')).toBe(
    'data/a.md:3, b.md, ../otra/c, data.',
  )
  for (const other of ['/home/anabel', '/x/home/ana', '/home/ana-2', '/tmp/x/y'])
    expect(paths.asTyped(other)).toBe(other)
})
