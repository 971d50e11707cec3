import type { FastifyInstance } from 'fastify'
import { Refused } from './refused.ts'

const HERE = ['localhost', '127.0.0.1', '[::1]']

/**
 * Answers to known names alone: a foreign page that lets its own name lead to this machine (DNS rebinding) would otherwise speak to
 * the server as if it were one of its pages.
 */
export function guardHosts(server: FastifyInstance, hosts: readonly string[] | undefined): void {
  if (!hosts) return
  const known = new Set([...HERE, ...hosts].map((host) => host.toLowerCase()))
  server.addHook('onRequest', async (request) => {
    const name = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '')
    if (!known.has(name)) throw new Refused(421, 'wrong-host', { params: { host: [...known].join(', ') } })
  })
}
