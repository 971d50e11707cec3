/** The TypeScript types of an OpenAPI 3.1 document, in the form that openapi-fetch reads. */
export function clientTypes(document) {
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) => `    ${name}: ${typeOf(schema, '    ')}`,
  )
  const paths = Object.entries(document.paths).map(([path, operations]) => pathType(path, operations))
  return `// Made by scripts/write-client.mjs from docs/openapi.json; not edited by hand.

/** Every path of the interface with what it takes and gives, as openapi-fetch reads it. */
export interface paths {
${paths.join('\n')}
}

/** The named parts of what the interface gives. */
export interface components {
  schemas: {
${schemas.join('\n')}
  }
}
`
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

function pathType(path, operations) {
  const lines = METHODS.map((method) =>
    operations[method] ? `    ${method}: ${operationType(operations[method])}` : `    ${method}?: never`,
  )
  return `  ${JSON.stringify(path)}: {\n    parameters: { query?: never; header?: never; path?: never; cookie?: never }\n${lines.join('\n')}\n  }`
}

function operationType({ parameters = [], requestBody, responses }) {
  const groups = ['query', 'header', 'path', 'cookie'].map((place) => {
    const own = parameters.filter((each) => each.in === place)
    if (own.length === 0) return `${place}?: never`
    const isNeeded = own.some((each) => each.required)
    const members = own.map(
      ({ name, required, schema }) => `${JSON.stringify(name)}${required ? '' : '?'}: ${typeOf(schema, '')}`,
    )
    return `${place}${isNeeded ? '' : '?'}: { ${members.join('; ')} }`
  })
  const body = requestBody ? `requestBody: { content: { ${contentType(requestBody.content)} } }` : 'requestBody?: never'
  const answers = Object.entries(responses).map(([status, answer]) => {
    const content = answer.$ref
      ? '{ "application/problem+json": components["schemas"]["Problem"] }'
      : answer.content
        ? `{ ${contentType(answer.content)} }`
        : 'never'
    const key = status === 'default' ? 'default' : status
    return `${key}: { headers: { [name: string]: unknown }; content${content === 'never' ? '?' : ''}: ${content} }`
  })
  return `{
      parameters: { ${groups.join('; ')} }
      ${body}
      responses: { ${answers.join('; ')} }
    }`
}

function contentType(content) {
  return Object.entries(content)
    .map(([type, { schema }]) =>
      type === 'multipart/form-data'
        ? `${JSON.stringify(type)}: FormData`
        : `${JSON.stringify(type)}: ${typeOf(schema, '      ')}`,
    )
    .join('; ')
}

function typeOf(schema, indent) {
  if (schema === true || Object.keys(schema).length === 0) return 'unknown'
  if (schema.$ref) return `components["schemas"][${JSON.stringify(schema.$ref.split('/').at(-1))}]`
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, indent)).join(' | ')
  const either = schema.anyOf ?? schema.oneOf
  if (either) return either.map((each) => typeOf(each, indent)).join(' | ')
  if (schema.allOf) return schema.allOf.map((each) => typeOf(each, indent)).join(' & ')
  if (schema.type === 'array') return `(${typeOf(schema.items ?? {}, indent)})[]`
  if (schema.type === 'object') return objectType(schema, indent)
  if (schema.type === 'integer' || schema.type === 'number') return 'number'
  if (schema.type === 'null') return 'null'
  return schema.type ?? 'unknown'
}

function objectType({ properties = {}, required = [], additionalProperties }, indent) {
  const members = Object.entries(properties).map(
    ([name, schema]) =>
      `${indent}  ${JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema, `${indent}  `)}`,
  )
  const more =
    additionalProperties && typeof additionalProperties === 'object'
      ? [`${indent}  [name: string]: ${members.length > 0 ? 'unknown' : typeOf(additionalProperties, `${indent}  `)}`]
      : []
  const all = [...members, ...more]
  return all.length === 0 ? 'Record<string, never>' : `{\n${all.join('\n')}\n${indent}}`
}
