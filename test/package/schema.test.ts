import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { schemas } from '../../src/reports/schema.ts'

it.each(Object.entries(schemas()))('%s is committed as the code says; if not, run `npm run build`', (name, schema) => {
  const committed = readFileSync(new URL(`../../schema/${name}`, import.meta.url), 'utf8')
  expect(JSON.parse(committed)).toEqual(JSON.parse(JSON.stringify(schema)))
})
