import { createHash, timingSafeEqual } from 'node:crypto'
import { type BoundRoute, bound, HIJACKED, whoOf } from '../../asked.ts'
import { Refused } from '../../refused.ts'
import { systemContracts } from './contract.ts'

/** After this long a browser comes back and shows anew who it is. */
const LISTENS_MS = 10 * 60_000
const STREAM = { 'cache-control': 'no-cache', 'x-accel-buffering': 'no', connection: 'keep-alive' }

const events = bound(systemContracts.events, async (asked) => {
  const { services, reply } = asked
  const { rights } = whoOf(asked)
  const headers = { ...reply.getHeaders(), ...STREAM, 'content-type': 'text/event-stream; charset=utf-8' }
  const { raw } = reply
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) raw.setHeader(name, value)
  if (!services.events.listen(raw, rights)) {
    for (const name of Object.keys(headers)) raw.removeHeader(name)
    throw new Refused(503, 'listeners')
  }
  reply.hijack()
  const clock = setTimeout(() => raw.end(), LISTENS_MS).unref()
  raw.on('close', () => clearTimeout(clock))
  return HIJACKED
})

const runCommand = bound(systemContracts.runCommand, async (asked) => {
  const { services, body, request, reply } = asked
  const { authorization = '' } = request.headers
  // Whoever is on another machine has no business with this folder, whatever they know.
  const isHere = /^(::1|127\.|::ffff:127\.)/.test(request.socket.remoteAddress ?? '')
  if (!isHere || !isSame(authorization, `Bearer ${services.secret}`)) throw new Refused(401, 'command-secret')
  const { raw } = reply
  reply.hijack()
  const headers = { ...reply.getHeaders(), ...STREAM, 'content-type': 'application/x-ndjson; charset=utf-8' }
  raw.writeHead(200, headers as Record<string, string>)
  const gone = new AbortController()
  raw.on('close', () => gone.abort())
  const write = (line: string) => {
    if (!raw.destroyed && !raw.writableEnded) raw.write(line)
  }
  try {
    await services.answerCommand(body, services.ledger, write, gone.signal)
    raw.end()
  } catch (error) {
    request.log.error({ err: error }, 'a command failed')
    // An answer that ends without an exit code tells the other side that something went wrong.
    raw.destroy()
  }
  return HIJACKED
})

function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}

/** What the server tells without being asked, and commands of its own machine. */
export const systemRoutes: BoundRoute[] = [events, runCommand]
