import { z } from 'zod'
import { agreementForm, amendmentForm, supplementForm, TOPIC_NAMES, TOPICS } from '../agreement/index.ts'
import { clauseRooms } from '../clauses/registry.ts'

type JsonSchema = Record<string, unknown>

/** The JSON Schemas that editors complete our YAML files with, by file name. */
export function schemas(): Record<string, JsonSchema> {
  return {
    'agreement.schema.json': agreementSchema(),
    'supplement.schema.json': supplementSchema(),
    'amendment.schema.json': titled(plain(amendmentForm), 'An amendment to an agreement (Convenio)'),
  }
}

function plain(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }) as JsonSchema
}

function titled(schema: JsonSchema, title: string): JsonSchema {
  const { $schema, ...rest } = schema
  return { $schema, title, ...rest }
}

/** The YAML form of an agreement, with the terms of every clause kind. */
function agreementSchema(): JsonSchema {
  const schema = titled(plain(agreementForm), 'An agreement (Convenio)')
  const properties = schema.properties as Record<string, JsonSchema>
  const clause = (properties.clauses as JsonSchema).items as JsonSchema
  const kinds = [...clauseRooms].sort((a, b) => (a.id < b.id ? -1 : 1))
  const allOf = kinds.map((room) => {
    const { $schema: _, ...terms } = plain(room.terms as z.ZodType)
    return whenever('kind', room.id, { terms })
  })
  const kind = { enum: [...kinds.map((room) => room.id), 'unread'] }
  const items = { ...clause, properties: { ...(clause.properties as object), kind }, allOf }
  return { ...schema, properties: { ...properties, clauses: { ...properties.clauses, items } } }
}

/** A supplement, with the value of every topic. */
function supplementSchema(): JsonSchema {
  const schema = titled(plain(supplementForm), 'A supplement to an agreement (Convenio)')
  const properties = schema.properties as Record<string, JsonSchema>
  const entry = (properties.entries as JsonSchema).items as JsonSchema
  const allOf = TOPIC_NAMES.map((topic) => {
    const { $schema: _, ...value } = plain(TOPICS[topic])
    return whenever('topic', topic, { value })
  })
  return { ...schema, properties: { ...properties, entries: { ...properties.entries, items: { ...entry, allOf } } } }
}

// Written as entries because an object with a `then` looks like a promise to whoever awaits it.
function whenever(property: string, value: string, properties: JsonSchema): JsonSchema {
  const condition = { properties: { [property]: { const: value } }, required: [property] }
  return Object.fromEntries([
    ['if', condition],
    ['then', { properties }],
  ])
}
