#!/usr/bin/env node
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { Exit } from './exit.ts'
import { commands } from './registry.ts'
import { version } from './version.ts'

/** Builds the program with the command that was asked for, or with all of them for help. */
async function programOf(asked: string | undefined): Promise<Command> {
  const program = new Command('convenio')
  program
    .description('Runs a cloud partnership agreement as software.')
    .version(version())
    .exitOverride()
    .showHelpAfterError()
  const known = asked === undefined ? undefined : commands[asked]
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
  }
  return program
}

function oneOf(allowed: readonly string[]): (value: string) => string {
  return (value) => {
    if (!allowed.includes(value)) throw new InvalidArgumentError(`Use ${allowed.join(' or ')}.`)
    return value
  }
}

function codeOf(error: unknown): number {
  if (error instanceof Exit) {
    if (error.message) process.stderr.write(`${error.message}\n`)
    return error.code
  }
  // Commander has already said what was wrong; help and version are no faults.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  process.stderr.write(
    `Convenio itself failed; nothing of yours was changed. Please report this: ${error instanceof Error ? error.message : String(error)}\n`,
  )
  if (process.env.CONVENIO_DEBUG) process.stderr.write(`${error instanceof Error ? error.stack : ''}\n`)
  return 1
}

// A reader that stops early (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

try {
  const program = await programOf(process.argv[2])
  await program.parseAsync(process.argv)
} catch (error) {
  process.exitCode = codeOf(error)
}
