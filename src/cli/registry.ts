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
  import: () => import('./commands/import/index.ts'),
  evidence: () => import('./commands/evidence/index.ts'),
  retract: () => import('./commands/retract/index.ts'),
  waive: () => import('./commands/waive/index.ts'),
  erase: () => import('./commands/erase/index.ts'),
  init: () => import('./commands/init/index.ts'),
  audit: () => import('./commands/audit/index.ts'),
  backup: () => import('./commands/backup/index.ts'),
  restore: () => import('./commands/restore/index.ts'),
  simulate: () => import('./commands/simulate/index.ts'),
  why: () => import('./commands/why/index.ts'),
  serve: () => import('./commands/serve/index.ts'),
}
