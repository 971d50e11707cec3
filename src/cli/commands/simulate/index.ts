import { existsSync, readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { openScenario, type SimulateProgress, simulate, twinWords } from '../../../twin/index.ts'
import { Exit } from '../../exit.ts'
import { host, type Outlet } from '../../host.ts'
import { inPlainWords } from '../../installation.ts'
import { type CommonOptions, Session } from '../../session.ts'

interface SimulateOptions extends CommonOptions {
  out: string
  seed: string
  from?: string
  to?: string
  scale: string
  contacts: string
}

/** `convenio simulate`: a partner business that writes the files that real systems would write, and the truth about them. */
export function register(program: Command): void {
  program
    .command('simulate <scenario>')
    .description('a simulated partner business: the raw files of every source, and truth.json with every planted fault')
    .requiredOption('--out <folder>', 'folder to fill: new, empty, or filled by an earlier run')
    .option('--seed <number>', 'another seed is another business; the same one gives the same bytes', '1')
    .option('--from <month>', 'first month, such as 2023-07 (default: the scenario’s)')
    .option('--to <month>', 'last month (default: the scenario’s)')
    .option('--scale <factor>', '1 is full size', '1')
    .option('--contacts <extent>', 'default (some deployments and months) or full', 'default')
    .option('--format <format>', 'text or json', 'text')
    .action(async (path: string, options: SimulateOptions) => {
      const session = new Session(options, twinWords())
      const { speak } = session
      const { err } = host()
      if (!existsSync(path)) throw new Exit(1, speak.say({ id: 'cli.no-path', params: { path } }))
      const contacts = options.contacts
      if (contacts !== 'default' && contacts !== 'full') throw new Exit(2, `--contacts ${contacts}: default, full`)
      const text = readFileSync(path, 'utf8')
      const { scenario, problems } = openScenario(text, path)
      session.complain(problems, new Map([[path, text.split(/\r\n|\n|\r/)]]))
      if (!scenario) throw new Exit(1)
      const { from, to, out } = options
      const asked: Parameters<typeof simulate>[0] = {
        scenario,
        seed: numberOf('--seed', options.seed),
        scale: numberOf('--scale', options.scale),
        contacts,
        out,
        parallel: true,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
        onProgress: progressTo(err, session),
      }
      const done = await inPlainWords(session, () => simulate(asked))
      if (err.isTTY) err.write('\r\u001b[K')
      session.complain(done.problems)
      const { truth } = done
      if (!truth) throw new Exit(1)
      if (options.format === 'json') return session.printJson({ ...truth, out })
      const params = { files: truth.files, out, faults: truth.faults.length, from: truth.from, to: truth.to }
      session.print(`${speak.say({ id: 'simulate.done', params })}\n`)
    })
}

function numberOf(option: string, text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value)) throw new Exit(2, `${option} ${text}`)
  return value
}

function progressTo(stream: Outlet, { speak }: Session): (progress: SimulateProgress) => void {
  let shown = -1
  return ({ part, done, files }) => {
    const percent = Math.floor(done * 100)
    if (!stream.isTTY || percent === shown) return
    shown = percent
    stream.write(`\r\u001b[K${speak.say({ id: 'simulate.progress', params: { percent, part, files } })}`)
  }
}
