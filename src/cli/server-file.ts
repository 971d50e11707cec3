import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { replaceNow } from '../evidence/files.ts'
import { holderOfFolder } from '../evidence/lock.ts'

const schema = z.object({
  pid: z.number().int().positive(),
  /** Where it is reached from this machine. */
  url: z.url({ protocol: /^https?$/ }),
  /** What a command proves itself with; only whoever may read the installation's folder knows it. */
  secret: z.string().min(32),
  startedAt: z.string(),
})

/** A server that has an installation's folder, as it tells the commands that want the same folder. */
export type RunningServer = z.infer<typeof schema>

const FILE = 'server.json'

/** Tells other commands of this machine's user that a server has the folder, and how to reach it. */
export function writeServerFile(folder: string, server: RunningServer): void {
  replaceNow(join(folder, FILE), `${JSON.stringify(server, null, 2)}\n`, 0o600)
}

/** Takes that back; what another server has written since stays. */
export function removeServerFile(folder: string, { secret }: RunningServer): void {
  if (readServerFile(folder)?.secret === secret) rmSync(join(folder, FILE), { force: true })
}

/** The server that has a folder; undefined when there is none, or when what is written is of one that died. */
export function runningServer(folder: string): RunningServer | undefined {
  const server = readServerFile(folder)
  if (server === undefined) return undefined
  const holder = holderOfFolder(folder)
  return holder?.pid === server.pid && !holder.elsewhere ? server : undefined
}

function readServerFile(folder: string): RunningServer | undefined {
  try {
    return schema.parse(JSON.parse(readFileSync(join(folder, FILE), 'utf8')))
  } catch {
    // Nothing there, not ours to read, or half of it: then nobody is known to serve.
    return undefined
  }
}
