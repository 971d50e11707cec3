import type { Command } from 'commander'

/** A command's folder: it adds itself to the program. */
interface CommandModule {
  register(program: Command): void
}

/** Every folder of `commands/`, loaded only when it is asked for; a test keeps the list complete. */
export const commands: Record<string, () => Promise<CommandModule>> = {
  read: () => import('./commands/read/index.ts'),
  check: () => import('./commands/check/index.ts'),
  explain: () => import('./commands/explain/index.ts'),
  diff: () => import('./commands/diff/index.ts'),
  standing: () => import('./commands/standing/index.ts'),
  why: () => import('./commands/why/index.ts'),
}
