import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Events } from './events.ts'
import type { Jobs } from './jobs.ts'

/** What is measured of the server, as Prometheus reads it. */
export interface Meters {
  registry: Registry
  seconds: Histogram<'route' | 'method' | 'status'>
}

/** Meters of one server: of the process, of its requests, of its long work and its listeners. */
export function makeMeters(jobs: Jobs, events: Events): Meters {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'convenio_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  new Gauge({
    name: 'convenio_jobs',
    help: 'Long work by state',
    labelNames: ['state'] as const,
    registers: [registry],
    collect() {
      this.reset()
      for (const { state } of jobs.list()) this.inc({ state })
    },
  })
  new Gauge({
    name: 'convenio_listeners',
    help: 'Open streams of server-sent events',
    registers: [registry],
    collect() {
      this.set(events.listeners)
    },
  })
  return { registry, seconds }
}

/** Measures every request, and gives the figures to whoever asks from this machine. */
export function countRequests(server: FastifyInstance, { registry, seconds }: Meters): void {
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.config.id ?? request.routeOptions.url ?? 'none'
    seconds.observe({ route, method: request.method, status: String(reply.statusCode) }, reply.elapsedTime / 1000)
  })
  server.get('/metrics', async (request, reply) => {
    // Figures of the machine are for whoever runs it.
    if (!/^(::1|127\.|::ffff:127\.)/.test(request.ip)) return reply.callNotFound()
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}
