import { hash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { UnreadableAgreement } from '../desk/index.ts'
import { isRefused } from '../identity/index.ts'
import type { IsoDate, Language, Speaker } from '../language/index.ts'
import { type Access, allow, guardAgainstForgery } from './access.ts'
import { type Asked, type BoundRoute, CsvAnswer, HIJACKED, type Services, type Who } from './asked.ts'
import { identityRefused, Refused, type RefusedPart } from './refused.ts'
import { faultOfForm } from './well-formed.ts'

/** Speaks one language; made once for each. */
export type Speakers = Record<Language, Speaker>

/** Checks a request against its contract, asks the route, and gives its answer in the form that was asked for. */
export function answering(route: BoundRoute, services: Services, access: Access, speakers: Speakers) {
  const { contract } = route
  const writes = contract.method !== 'GET'
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const who = await access.whoAsks(request)
    allow(contract, who)
    if (writes && contract.stream !== 'application/x-ndjson') guardAgainstForgery(request, who, services.identity)
    const asked = askedOf(route, request, reply, services, who, speakers)
    const answer = await once(route, asked)
    if (reply.sent || answer === HIJACKED) return reply
    return send(reply, request, answer, contract.status)
  }
}

function askedOf(
  { contract }: BoundRoute,
  request: FastifyRequest,
  reply: FastifyReply,
  services: Services,
  who: Who | undefined,
  speakers: Speakers,
): Asked {
  if (!contract.upload && request.isMultipart()) throw new Refused(415, 'bad-media')
  const parts: RefusedPart[] = []
  const params = checked(contract.params, request.params, 'path', parts)
  const query = checked(contract.query, request.query, 'query', parts)
  const body = contract.upload ? undefined : checked(contract.body, request.body, 'body', parts)
  if (parts.length > 0) throw new Refused(400, 'bad-request', { parts })
  const said = (query ?? {}) as { 'as-of'?: string; 'known-at'?: string; language?: Language }
  const language = languageOf(request, said.language, who)
  const today = services.today()
  const asOf = said['as-of'] ?? today
  // Nobody knows on a day what was received later, but what is asked of a day to come is asked with all that is known.
  const knownAt = said['known-at'] ?? later(asOf, today)
  const dates = { asOf, knownAt }
  return { params, query, body, services, who, dates, language, speak: speakers[language], request, reply }
}

function later(a: IsoDate, b: IsoDate): IsoDate {
  return a < b ? b : a
}

/** The language of an answer: asked for, else the person's or the browser's. */
export function languageOf(request: FastifyRequest, wanted?: Language, who?: Who): Language {
  if (wanted) return wanted
  const accepted = request.headers['accept-language']
  if (accepted === undefined) return who?.person.language ?? 'en'
  for (const part of accepted.toLowerCase().split(',')) {
    if (part.trim().startsWith('es')) return 'es'
    if (part.trim().startsWith('en')) return 'en'
  }
  return who?.person.language ?? 'en'
}

function checked(schema: z.ZodType | undefined, given: unknown, place: string, parts: RefusedPart[]): unknown {
  if (!schema) return undefined
  const fault = faultOfForm(given)
  if (fault !== undefined) {
    parts.push({ place, message: fault })
    return undefined
  }
  const result = schema.safeParse(given ?? {})
  if (result.success) return result.data
  for (const { path, message } of result.error.issues) parts.push({ place: [place, ...path].join('.'), message })
  return undefined
}

// The same key and the same request are done once; the second gets the first's answer.
async function once(route: BoundRoute, asked: Asked): Promise<unknown> {
  const key = asked.request.headers['idempotency-key']
  const { method, upload, secret } = route.contract
  if (method === 'GET' || upload || secret || typeof key !== 'string' || !asked.who) return route.handle(asked)
  if (!/^[\w.:-]{8,200}$/.test(key))
    throw new Refused(400, 'bad-request', {
      parts: [{ place: 'header.idempotency-key', message: '8–200: A–Z a–z 0–9 _ . : -' }],
    })
  const requestHash = hash('sha256', JSON.stringify([route.contract.id, asked.params, asked.query, asked.body]), 'hex')
  const { person } = asked.who
  const request = { key, actor: person.id, route: route.contract.id, requestHash }
  const kept = await asked.services.identity.once(request, async () => ({ body: (await route.handle(asked)) ?? null }))
  if (isRefused(kept)) throw identityRefused(kept, asked.speak)
  return kept.answer.body ?? undefined
}

function send(reply: FastifyReply, request: FastifyRequest, answer: unknown, status = 200): FastifyReply {
  reply.header('cache-control', 'private, no-cache')
  if (answer instanceof CsvAnswer) {
    return (
      reply
        // What was asked for stands in the name, and not every character may stand in a header.
        .header('content-disposition', `attachment; filename="${answer.fileName.replace(/[^\w.-]/g, '_')}"`)
        .type('text/csv; charset=utf-8')
        .send(answer.text)
    )
  }
  if (answer === undefined) return reply.code(204).send()
  const text = JSON.stringify(answer)
  reply.header('vary', 'accept-language, cookie, authorization').type('application/json; charset=utf-8')
  if (request.method !== 'GET') return reply.code(status).send(text)
  const tag = `"${hash('sha1', text, 'base64url')}"`
  reply.header('etag', tag)
  if (matches(request.headers['if-none-match'], tag)) return reply.code(304).send()
  return reply.code(status).send(text)
}

function matches(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((each) => each.trim().replace(/^W\//, '') === tag || each.trim() === '*')
}

/** An error as RFC 9457 has it. What nobody foresaw is told to the log, never to whoever asked. */
export function problemOf(error: unknown, request: FastifyRequest, speak: Speaker): Refused & { body: object } {
  const refused = refusedOf(error, request)
  const { seconds, params } = { seconds: refused.retryAfterSeconds, params: refused.params }
  const told = { ...params, ...(seconds === undefined ? {} : { seconds }) }
  const body = {
    type: `urn:convenio:problem:${refused.code}`,
    title: speak.say({ id: `api.${refused.code}`, params: told }),
    status: refused.status,
    detail: speak.say({ id: `api.${refused.code}.detail`, params: told }),
    instance: `urn:convenio:request:${request.id}`,
    ...(refused.parts.length > 0 ? { errors: refused.parts } : {}),
  }
  return Object.assign(refused, { body })
}

const OF_FASTIFY: Record<string, [number, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'too-large'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'bad-media'],
  FST_ERR_CTP_INVALID_JSON_BODY: [400, 'bad-json'],
  FST_ERR_CTP_EMPTY_JSON_BODY: [400, 'bad-json'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [400, 'bad-json'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: [415, 'bad-media'],
  FST_ERR_BAD_URL: [400, 'bad-request'],
  FST_ERR_MAX_PARAM_LENGTH: [414, 'bad-request'],
}

function refusedOf(error: unknown, request: FastifyRequest): Refused {
  if (error instanceof Refused) return error
  if (error instanceof UnreadableAgreement) return new Refused(503, 'agreement')
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  const known = code === undefined ? undefined : OF_FASTIFY[code]
  if (known) return new Refused(known[0], known[1])
  if (code !== undefined && /^(ENOSPC|EDQUOT|53100)$/.test(code)) return new Refused(507, 'disk-full')
  if (code !== undefined && /^(ECONNREFUSED|57P0|53300|08)/.test(code)) return new Refused(503, 'database')
  if (statusCode === 429) return new Refused(429, 'too-many', { retryAfterSeconds: 60 })
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new Refused(statusCode, 'bad-request')
  request.log.error({ err: error }, 'unforeseen')
  return new Refused(500, 'fault', { params: { request: String(request.id) } })
}
