import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from 'fastify'
import type { Access } from './access.ts'
import { answering, languageOf, problemOf, type Speakers } from './answering.ts'
import type { BoundRoute, Services } from './asked.ts'
import { guardHosts } from './hosts.ts'
import { countRequests, type Meters } from './meters.ts'
import { openApiDocument } from './openapi.ts'
import { Refused } from './refused.ts'
import { servePages } from './web-pages.ts'

/** How the frame behaves, apart from what it serves. */
export interface FrameOptions {
  logLevel: string
  /** Requests a minute of one person, token or address; 0 for no limit. */
  perMinute: number
  /** Names under which the server may be reached besides those of this machine; undefined accepts any. */
  hosts: readonly string[] | undefined
  /** Whether the next machine before this one may say whom a request came from. */
  trustProxy: boolean
  /** Where the built pages lie; undefined serves the interface alone. */
  pages: string | undefined
  /** How long is waited for whoever is slow. */
  patience: Patience
}

/** How long is waited, in milliseconds. */
export interface Patience {
  /** For the headers of a request to be complete. */
  headersMs: number
  /** For a body to be complete, other than an upload. */
  bodyMs: number
  /** For the next byte. */
  silenceMs: number
  /** For the rest of a body that nobody reads, once the request was answered. */
  restMs: number
  /** For requests under way when the server stops. */
  stopMs: number
}

/** What suits people on slow lines and nobody who is slow on purpose. */
export const PATIENCE: Patience = {
  headersMs: 15_000,
  bodyMs: 20_000,
  silenceMs: 65_000,
  restMs: 2000,
  stopMs: 10_000,
}

const BODY_BYTES = 1024 * 1024
const CONNECTIONS = 2000

/** The server with all its routes, not yet listening. */
export async function makeServer(
  routes: readonly BoundRoute[],
  services: Services,
  access: Access,
  speakers: Speakers,
  options: FrameOptions,
  meters: Meters,
): Promise<FastifyInstance> {
  const server = frameOf(options, speakers)
  // Only JSON is read as a body; whatever else comes is refused before it is read.
  server.removeContentTypeParser('text/plain')
  await server.register(cookie)
  await server.register(multipart, {
    // A file may be as large as the disk: it is written as it comes.
    limits: {
      files: 20_000,
      parts: 20_000,
      fileSize: Number.POSITIVE_INFINITY,
      fields: 50,
      fieldSize: 10_000,
      headerPairs: 50,
    },
  })
  if (options.perMinute > 0)
    await server.register(rateLimit, {
      max: options.perMinute,
      timeWindow: 60_000,
      keyGenerator: asksAs,
      errorResponseBuilder: (_request, { ttl }) => tooMany(ttl),
    })
  server.addHook('onRequest', async (_request, reply) => secure(reply))
  guardHosts(server, options.hosts)
  limitSlowBodies(server, options.patience)
  countRequests(server, meters)
  refuseInWords(server, speakers)
  for (const route of routes) register(server, route, answering(route, services, access, speakers))
  server.get('/openapi.json', async (_request, reply) => reply.send(openApiDocument(services.version)))
  if (options.pages !== undefined) await servePages(server, options.pages)
  return server
}

function frameOf(options: FrameOptions, speakers: Speakers): FastifyInstance {
  const { patience } = options
  const server = Fastify({
    // Node looks for slow headers only so often.
    http: { connectionsCheckingInterval: Math.ceil(patience.headersMs / 3) },
    logger: { level: options.logLevel, redact: ['req.headers.cookie', 'req.headers.authorization'] },
    // Two lines a request, which nobody reads below this level, cost as much as checking it.
    logController: new LogController({ disableRequestLogging: !/^(info|debug|trace)$/.test(options.logLevel) }),
    genReqId: () => crypto.randomUUID(),
    requestIdHeader: false,
    bodyLimit: BODY_BYTES,
    connectionTimeout: patience.silenceMs,
    // Uploads take as long as they take; who falls silent is let go by the two limits beside this one.
    requestTimeout: 0,
    trustProxy: options.trustProxy,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    // Addresses that cannot be read never come to the hooks: their answer is told here, as all others.
    frameworkErrors: (error, request, reply) => {
      secure(reply)
      tell(error, request, reply, speakers)
    },
    clientErrorHandler: refuseWhatIsNoHttp,
    routerOptions: { maxParamLength: 1000, ignoreTrailingSlash: false },
  })
  server.server.headersTimeout = patience.headersMs
  server.server.maxConnections = CONNECTIONS
  return server
}

/** Headers of every answer; pages add their own policy for scripts and styles. */
const SECURITY = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

function secure(reply: FastifyReply): void {
  reply.headers(SECURITY)
}

function register(server: FastifyInstance, { contract }: BoundRoute, handler: ReturnType<typeof answering>): void {
  server.route({
    method: contract.method,
    url: `/api/v1${contract.path}`,
    ...(contract.bodyBytes === undefined ? {} : { bodyLimit: contract.bodyBytes }),
    config: {
      id: contract.id,
      upload: contract.upload === true,
      ...(contract.perMinute === undefined
        ? {}
        : {
            rateLimit: {
              max: contract.perMinute,
              timeWindow: 60_000,
              keyGenerator: (request: FastifyRequest) => request.ip,
            },
          }),
    },
    handler,
  })
}

declare module 'fastify' {
  interface FastifyContextConfig {
    id?: string
    upload?: boolean
  }
}

// Who comes with a session or a token counts by that; everybody else by where they come from.
function asksAs(request: FastifyRequest): string {
  return request.headers.authorization ?? request.cookies['convenio-session'] ?? request.ip
}

function tooMany(ttl: number): Refused {
  return new Refused(429, 'too-many', { retryAfterSeconds: Math.max(1, Math.ceil(ttl / 1000)) })
}

// A body that drips in byte by byte would hold its connection for ever.
function limitSlowBodies(server: FastifyInstance, { bodyMs, restMs }: Patience): void {
  const clocks = new WeakMap<FastifyRequest, NodeJS.Timeout>()
  const stop = async (request: FastifyRequest) => clearTimeout(clocks.get(request))
  server.addHook('onRequest', async (request, reply) => {
    if (request.method === 'GET' || request.routeOptions.config.upload) return
    const clock = setTimeout(() => {
      if (!reply.sent) reply.raw.writeHead(408, { connection: 'close' }).end()
      request.raw.destroy()
    }, bodyMs)
    clocks.set(request, clock.unref())
  })
  server.addHook('preValidation', stop)
  server.addHook('onRequestAbort', stop)
  server.addHook('onError', stop)
  // What is answered before its body came would be read to its end, however long that takes.
  server.addHook('onResponse', async ({ raw }) => {
    if (raw.complete) return
    const { socket } = raw
    setTimeout(() => {
      if (!raw.complete) socket.destroy()
    }, restMs).unref()
  })
}

function refuseInWords(server: FastifyInstance, speakers: Speakers): void {
  server.setErrorHandler((error, request, reply) => tell(error, request, reply, speakers))
  server.setNotFoundHandler((request, reply) => tell(new Refused(404, 'not-found'), request, reply, speakers))
}

function tell(error: unknown, request: FastifyRequest, reply: FastifyReply, speakers: Speakers): FastifyReply {
  const { status, body, retryAfterSeconds } = problemOf(error, request, speakers[languageOf(request)])
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  return reply
    .code(status)
    .type('application/problem+json')
    .header('cache-control', 'no-store')
    .send(JSON.stringify(body))
}

function refuseWhatIsNoHttp(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const status = error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
}
