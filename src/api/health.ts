import type { FastifyInstance } from 'fastify'
import type { Services } from './asked.ts'

/** `/health`: the process answers. `/ready`: its database and its agreement do as well. */
export function registerHealth(server: FastifyInstance, { desk, ledger, version }: Services): void {
  server.get('/health', async () => ({ status: 'ok', version }))
  server.get('/ready', async (request, reply) => {
    try {
      await ledger.reachable()
      desk.opened()
      return { status: 'ready' }
    } catch (error) {
      request.log.warn({ err: error }, 'not ready')
      return reply.code(503).send({ status: 'not ready' })
    }
  })
}
