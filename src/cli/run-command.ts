import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { dataFolder } from './data-folder.ts'
import { Exit } from './exit.ts'
import { type Host, host, within } from './host.ts'
import { commands } from './registry.ts'
import { version } from './version.ts'

/** Runs one command in the given surroundings and gives its exit code; whatever goes wrong is said there. */
export function runCommand(argv: readonly string[], surroundings: Host): Promise<number> {
  return within(surroundings, async () => {
    try {
      const program = await programOf(argv[0])
      await program.parseAsync(argv, { from: 'user' })
      return 0
    } catch (error) {
      return codeOf(error)
    }
  })
}

/** Builds the program with the command that was asked for, or with all of them for help. */
async function programOf(asked: string | undefined): Promise<Command> {
  const { out, err, env } = host()
  const program = new Command('convenio')
  program
    .description('Runs a cloud partnership agreement as software.')
    .version(version())
    .exitOverride()
    .showHelpAfterError()
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text),
      getOutHelpWidth: () => (out.isTTY ? (out.columns ?? 80) : 80),
      getErrHelpWidth: () => (err.isTTY ? (err.columns ?? 80) : 80),
      getOutHasColors: () => out.hasColors && !env.NO_COLOR,
      getErrHasColors: () => err.hasColors && !env.NO_COLOR,
    })
    .hook('preAction', (_, action) => begin(action))
  const known = asked !== undefined && Object.hasOwn(commands, asked) ? commands[asked] : undefined
  const wanted = known ? [known] : asked === '--version' || asked === '-V' ? [] : Object.values(commands)
  for (const load of wanted) (await load()).register(program)
  // A command of commands has no options: what stands there would be taken from those below it.
  for (const command of program.commands.flatMap((each) => (each.commands.length > 0 ? each.commands : each))) {
    command.exitOverride()
    command.addOption(
      new Option('--language <language>', 'en or es (default: CONVENIO_LANGUAGE, then the system)').argParser(
        oneOf(['en', 'es']),
      ),
    )
    const format = command.options.find((option) => option.long === '--format')
    const formats = format?.description.split(/, | or /)
    if (format && formats) format.argParser(oneOf(formats))
    takePaths(command)
  }
  return program
}

const PATHS = ['agreement', 'file', 'folder', 'new', 'old', 'path', 'scenario']

// What a command's usage calls a file or folder is taken as whoever typed it meant it.
function takePaths(command: Command): void {
  const place = (typed: string) => host().path(typed)
  for (const option of command.options)
    if (PATHS.includes(/<(\w+)>/.exec(option.flags)?.[1] ?? '')) option.argParser(place)
  for (const argument of command.registeredArguments)
    if (PATHS.includes(argument.name()) && !argument.variadic) argument.argParser(place)
}

async function begin(action: Command): Promise<void> {
  const options = action.opts<{ data?: string; language?: string }>()
  const parent = action.parent?.parent ? `${action.parent.name()} ` : ''
  const name = `${parent}${action.name()}`
  const onInstallation = action.options.some((option) => option.long === '--data')
  const folder = onInstallation ? dataFolder(options) : undefined
  await host().begin?.({ name, folder, language: options.language })
}

function oneOf(allowed: readonly string[]): (value: string) => string {
  return (value) => {
    if (!allowed.includes(value)) throw new InvalidArgumentError(`Use ${allowed.join(' or ')}.`)
    return value
  }
}

function codeOf(error: unknown): number {
  const { err, env } = host()
  if (error instanceof Exit) {
    if (error.message) err.write(`${error.message}\n`)
    return error.code
  }
  // Commander has already said what was wrong; help and version are no faults.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  err.write(
    `Convenio itself failed; nothing of yours was changed. Please report this: ${error instanceof Error ? error.message : String(error)}\n`,
  )
  if (env.CONVENIO_DEBUG) err.write(`${error instanceof Error ? error.stack : ''}\n`)
  return 1
}
