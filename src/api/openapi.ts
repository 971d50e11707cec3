import { z } from 'zod'
import { contracts } from './contracts.ts'
import type { RouteContract } from './route.ts'
import { problemDocument } from './shapes.ts'

type Json = { [key: string]: unknown }

/** The whole interface as an OpenAPI 3.1 document; it depends on nothing but the contracts. */
export function openApiDocument(version: string): Json {
  const schemas: Json = {}
  const paths: Record<string, Json> = {}
  for (const route of contracts()) {
    const path = `/api/v1${route.path.replace(/:([a-zA-Z]+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, schemas) }
  }
  const problem = schemaOf(problemDocument, 'output', schemas)
  return {
    openapi: '3.1.0',
    info: {
      title: 'Convenio',
      version,
      description: 'Where every clause of a partnership agreement stands, and why.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ session: [] }, { token: [] }],
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1))),
      responses: {
        Problem: {
          description: 'What is wrong and how to mend it (RFC 9457)',
          content: { 'application/problem+json': { schema: problem } },
        },
      },
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'convenio-session' },
        token: { type: 'http', scheme: 'bearer' },
      },
    },
  }
}

function operationOf(route: RouteContract, schemas: Json): Json {
  const slice = route.path.split('/')[1]
  const writes = route.method !== 'GET'
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [slice],
    ...(route.allows === 'anybody' ? { security: [] } : {}),
    parameters: [
      ...parametersOf(route.params, 'path', schemas),
      ...parametersOf(route.query, 'query', schemas),
      ...(writes && route.allows !== 'anybody' ? [IDEMPOTENCY] : []),
    ],
    ...(route.body ? { requestBody: bodyOf(route.body, schemas) } : {}),
    ...(route.upload ? { requestBody: UPLOAD } : {}),
    responses: {
      [String(route.status ?? (route.answer || route.stream ? 200 : 204))]: answerOf(route, schemas),
      default: { $ref: '#/components/responses/Problem' },
    },
    'x-allows': typeof route.allows === 'string' ? route.allows : `right:${route.allows.right}`,
  }
}

const IDEMPOTENCY = {
  name: 'idempotency-key',
  in: 'header',
  required: false,
  description: 'The same key and the same request are done once, within a day',
  schema: { type: 'string', minLength: 8, maxLength: 200 },
}

const UPLOAD = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        properties: {
          files: { type: 'array', items: { type: 'string', contentMediaType: 'application/octet-stream' } },
        },
      },
    },
  },
}

function bodyOf(body: z.ZodType, schemas: Json): Json {
  return { required: true, content: { 'application/json': { schema: schemaOf(body, 'input', schemas) } } }
}

function answerOf(route: RouteContract, schemas: Json): Json {
  if (route.stream) return { description: 'A stream', content: { [route.stream]: { schema: { type: 'string' } } } }
  if (!route.answer) return { description: route.status === 302 ? 'Elsewhere' : 'Done' }
  return {
    description: 'The answer',
    content: {
      'application/json': { schema: schemaOf(route.answer, 'output', schemas) },
      ...(route.csv ? { 'text/csv': { schema: { type: 'string' } } } : {}),
    },
  }
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query', schemas: Json): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schemaOf(schema, 'input', schemas) as {
    properties?: Record<string, Json>
    required?: string[]
  }
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }))
}

/** A schema whose named parts are kept once for the whole document. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const {
    $schema: _dialect,
    $defs = {},
    ...own
  } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as Json & {
    $defs?: Json
  }
  for (const [name, part] of Object.entries($defs)) schemas[name] = relinked(part)
  const { id, ...rest } = own as Json & { id?: string }
  if (typeof id !== 'string') return relinked(rest) as Json
  schemas[id] = relinked(rest)
  return { $ref: `#/components/schemas/${id}` }
}

function relinked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(relinked)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(key === 'id' && typeof inner === 'string'))
      .map(([key, inner]) => [
        key,
        key === '$ref' && typeof inner === 'string'
          ? inner.replace('#/$defs/', '#/components/schemas/')
          : relinked(inner),
      ]),
  )
}
