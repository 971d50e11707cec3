import { type Chance, type Schema, type Values, written } from './fuzz-values.ts'

/** One operation of the document. */
export interface Operation {
  method: string
  path: string
  id: string
  parameters: { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }[]
  body: Schema | undefined
  isUpload: boolean
  isStream: boolean
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

/** Who sends a request. */
export const SENDERS = ['administrator', 'token', 'customer', 'nobody', 'liar'] as const
export type Sender = (typeof SENDERS)[number]

/** A request as it goes over the wire. */
export interface FuzzRequest {
  operation: Operation
  sender: Sender
  path: string
  headers: Record<string, string>
  body: Buffer | undefined
  /** Bytes that are sent of the body; fewer when the sender goes away. */
  cutAt?: number
}

type Json = Record<string, unknown>

/** The operations of an OpenAPI document. */
export function operationsOf(document: Json): Operation[] {
  return Object.entries(document.paths as Record<string, Record<string, Json>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, given]) => {
      const content = (given.requestBody as { content: Record<string, { schema: Schema }> } | undefined)?.content
      const responses = given.responses as Operation['responses']
      const types = Object.values(responses).flatMap((each) => Object.keys(each.content ?? {}))
      return {
        method: method.toUpperCase(),
        path,
        id: given.operationId as string,
        parameters: (given.parameters ?? []) as Operation['parameters'],
        body: content?.['application/json']?.schema,
        isUpload: content?.['multipart/form-data'] !== undefined,
        isStream: types.includes('text/event-stream'),
        responses,
      }
    }),
  )
}

/** A request for an operation: about half of them keep the document, the others break it in one place or several. */
export function requestFor(operation: Operation, chance: Chance, values: Values): FuzzRequest {
  const isWild = chance.is(0.4)
  const sender = chance.of<Sender>(['administrator', 'administrator', 'administrator', 'token', ...SENDERS])
  const path = pathOf(operation, values, isWild) + queryOf(operation, values, isWild)
  const { headers, body } = bodyOf(operation, values, isWild)
  if (chance.is(0.3))
    headers['accept-language'] = chance.of(['es', 'en', 'es-CL,es;q=0.9', '*', ';;;q=x', 'x'.repeat(500)])
  if (operation.method !== 'GET' && chance.is(0.2))
    headers['idempotency-key'] = chance.of(['key-12345678', 'k', 'a b', `key-${chance.below(1e9)}`, 'x'.repeat(300)])
  if (chance.is(0.1)) headers['if-none-match'] = chance.of(['*', '"x"', 'W/"x", "y"', ',,,', '"'.repeat(1000)])
  if (isWild && chance.is(0.1)) headers.origin = chance.of(['null', 'https://evil.example'])
  const cut = body && chance.is(0.01) ? { cutAt: chance.below(body.length) } : {}
  return { operation, sender, path, headers, body, ...cut }
}

function pathOf(operation: Operation, values: Values, isWild: boolean): string {
  const whole = values.clause()
  const path =
    whole !== undefined && values.chance.is(0.6) ? operation.path.replace('{kind}/{name}', whole) : operation.path
  return path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const schema = operation.parameters.find((each) => each.in === 'path' && each.name === name)?.schema ?? {}
    const value = isWild && values.chance.is(0.4) ? values.nasty() : values.valid(schema, name)
    if (isWild && values.chance.is(0.05)) return values.chance.of(['%', '%zz', '%00', '%c0%af', '%ff', '%2e%2e%2f'])
    return encoded(String(value)) || '%20'
  })
}

function queryOf({ parameters }: Operation, values: Values, isWild: boolean): string {
  const { chance } = values
  const parts = parameters
    .filter((each) => each.in === 'query')
    .flatMap(({ name, required, schema }) => {
      if (!required && chance.is(0.55)) return []
      const isBroken = isWild && chance.is(0.4)
      const value = String(isBroken ? values.nasty() : values.valid(schema, name))
      const part = `${encoded(name)}=${encoded(value)}`
      return isBroken && chance.is(0.2) ? [part, part] : [part]
    })
  if (isWild && chance.is(0.15))
    parts.push(chance.of(['%', 'a[b]=1', '__proto__=1', '&&', '=', 'as-of[]=x', `x=${'y'.repeat(6000)}`]))
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}

// Lone surrogates have no encoding of their own; what a careless client sends for them are these bytes.
function encoded(text: string): string {
  return [...text]
    .map((each) => (/[\ud800-\udfff]/.test(each) && each.length === 1 ? '%ed%a0%80' : encodeURIComponent(each)))
    .join('')
}

interface Sent {
  headers: Record<string, string>
  body: Buffer | undefined
}

function bodyOf(operation: Operation, values: Values, isWild: boolean): Sent {
  if (operation.isUpload) return uploadOf(values, isWild)
  const { chance } = values
  if (!operation.body) return isWild && chance.is(0.2) ? wildBody(values, '{"a":1}') : { headers: {}, body: undefined }
  const value = isWild && chance.is(0.7) ? values.invalid(operation.body) : values.valid(operation.body)
  const text = written(value)
  if (isWild && chance.is(0.4)) return wildBody(values, text)
  return { headers: { 'content-type': 'application/json' }, body: Buffer.from(text) }
}

function wildBody({ chance }: Values, text: string): Sent {
  const type = chance.of([
    'application/json',
    'application/json; charset=utf-16',
    'text/plain',
    'application/xml',
    'multipart/form-data',
    'x',
    'application/x-www-form-urlencoded',
  ])
  const body = chance.of<() => Buffer>([
    () => Buffer.from(text.slice(0, chance.below(text.length + 1))),
    () => Buffer.concat([Buffer.from(text.slice(0, -1)), Buffer.from([0xff, 0xfe, 0xc0, 0x80]), Buffer.from('}')]),
    () => Buffer.from(`\ufeff${text}`),
    () => Buffer.from(text, 'utf16le'),
    () => Buffer.from(`{"__proto__":{"x":1},"constructor":{"prototype":{}},"a":${text}}`),
    () => Buffer.from(`[${text}]`),
    () => Buffer.from(text.replace('{', '{"a":1,"a":2,')),
    () => Buffer.from(`{"a":${'9'.repeat(5000)}}`),
    () => Buffer.alloc(0),
    () => Buffer.alloc(1_100_000, 32),
  ])()
  return { headers: { 'content-type': type }, body }
}

const CONTENTS = [
  'a,b\n1,2\n',
  '',
  '\u0000\u0001',
  'instance,deployment,customer\ni-1,d-1,C-001\n',
  '{"a":',
  'BillingPeriodStart,BilledCost\nx,=1\n',
]

function uploadOf(values: Values, isWild: boolean): Sent {
  const { chance } = values
  const boundary = '----fuzz'
  const type =
    isWild && chance.is(0.3)
      ? chance.of([
          'multipart/form-data',
          'multipart/form-data; boundary=',
          'application/json',
          'multipart/mixed; boundary=x',
        ])
      : `multipart/form-data; boundary=${boundary}`
  const parts = Array.from({ length: chance.below(4) }, () => {
    const name = (isWild ? values.nasty() : `file-${chance.below(50)}.csv`).replace(/[\r\n"]/g, '')
    return `--${boundary}\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\n\r\n${chance.of(CONTENTS)}\r\n`
  })
  const end = isWild && chance.is(0.3) ? '' : `--${boundary}--\r\n`
  return { headers: { 'content-type': type }, body: Buffer.from(parts.join('') + end) }
}

/** A request so that it can be read, and sent again. */
export function describeRequest({ operation, sender, path, headers, body, cutAt }: FuzzRequest): string {
  const text = body?.toString('latin1') ?? ''
  const shown = text.length > 600 ? `${text.slice(0, 600)}… (${text.length} bytes)` : text
  return `${sender}: ${operation.method} ${path.slice(0, 700)} ${JSON.stringify(headers)} ${JSON.stringify(shown)}${cutAt === undefined ? '' : ` cut at ${cutAt}`}`
}
