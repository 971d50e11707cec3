import { connect, type Socket } from 'node:net'
import type { Browser, Serving } from './serving.ts'

/** A line to a server over which any bytes are sent. */
export interface Wire {
  socket: Socket
  /** All that came until now. */
  said: () => string
  /** Waits until the other side has let go of the line, or fails after a time. */
  ended: (withinMs?: number) => Promise<string>
  /** Waits until something came. */
  heard: (wanted: RegExp, withinMs?: number) => Promise<string>
}

/** Opens a line to a server. */
export async function wireTo(server: Serving): Promise<Wire> {
  const socket = connect(Number(new URL(server.url).port), '127.0.0.1')
  let text = ''
  let isOver = false
  const waiting = new Set<() => void>()
  const look = () => {
    for (const each of waiting) each()
  }
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1')
    look()
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    isOver = true
    look()
  })
  await new Promise<void>((resolve) => socket.once('connect', resolve))
  const until = (holds: () => boolean, withinMs: number) =>
    new Promise<string>((resolve, reject) => {
      const clock = setTimeout(() => {
        waiting.delete(check)
        reject(new Error(`not within ${withinMs} ms; came: ${text.slice(0, 500)}`))
      }, withinMs)
      const check = () => {
        if (!holds()) return
        clearTimeout(clock)
        waiting.delete(check)
        resolve(text)
      }
      waiting.add(check)
      check()
    })
  return {
    socket,
    said: () => text,
    ended: (withinMs = 15_000) => until(() => isOver, withinMs),
    heard: (wanted, withinMs = 15_000) => until(() => wanted.test(text), withinMs),
  }
}

/** Sends bytes and gives what came back until the line was closed. */
export async function sent(server: Serving, bytes: string | Buffer, withinMs?: number): Promise<string> {
  const wire = await wireTo(server)
  wire.socket.write(bytes)
  return wire.ended(withinMs)
}

/** The first lines of a request of somebody signed in. */
export function head(server: Serving, line: string, browser?: Browser, more: readonly string[] = []): string {
  const cookie = [...(browser?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ')
  return [
    `${line} HTTP/1.1`,
    `host: ${new URL(server.url).host}`,
    ...(browser ? [`cookie: ${cookie}`, `x-csrf-token: ${browser.csrf}`] : []),
    ...more,
    '',
    '',
  ].join('\r\n')
}
