import { z } from 'zod'
import { contract } from '../../route.ts'

const look = z.object({
  isTTY: z.boolean(),
  columns: z.number().int().positive().nullable(),
  hasColors: z.boolean().optional(),
})

/** What the server says of itself, and what it tells without being asked. */
export const systemContracts = {
  events: contract({
    id: 'events',
    method: 'GET',
    path: '/events',
    summary: 'Server-sent events: `standing` when standing may have changed, `job` with a job’s progress',
    allows: 'signed-in',
    stream: 'text/event-stream',
  }),
  runCommand: contract({
    id: 'runCommand',
    method: 'POST',
    path: '/commands',
    summary: 'A command of the command line on the same machine, proved by the secret of its own folder',
    allows: 'anybody',
    body: z.object({
      // A shell makes a thousand words of `*.csv`.
      argv: z.array(z.string().max(10_000)).max(100_000),
      cwd: z.string().max(4096),
      env: z.record(z.string(), z.string()),
      out: look,
      err: look,
      actor: z.string().max(200),
    }),
    stream: 'application/x-ndjson',
    bodyBytes: 16 * 1024 * 1024,
  }),
}
