#!/usr/bin/env node
import { type AnswerCommand, type Begun, processHost, settle } from './host.ts'
import { runCommand } from './run-command.ts'

// A reader that stops early (`| head`) is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const argv = process.argv.slice(2)

/** A server may have the folder: then the command is its work. */
async function begin(command: Begun): Promise<void> {
  if (command.folder === undefined) return
  // Loaded here: a command that works on no installation starts sooner without it.
  const { handOver } = await import('./hand-over.ts')
  await handOver(argv, { ...command, folder: command.folder })
}

/** When we are the server: the commands of others. */
const answerCommand: AnswerCommand = async (...asked) => {
  const served = await import('./answer-command.ts')
  await served.answerCommand(...asked)
}

process.exitCode = await runCommand(argv, settle(processHost({ begin, answerCommand })))
