import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { clientTypes } from '../../scripts/parts/client-types.mjs'
import { contracts } from '../../src/api/contracts.ts'
import { openApiDocument } from '../../src/api/openapi.ts'
import { routes } from '../../src/api/registry.ts'

const root = new URL('../../', import.meta.url)
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const { version } = JSON.parse(read('package.json')) as { version: string }
const document = openApiDocument(version)

test('the committed description of the interface is that of the code (node scripts/write-client.mjs renews it)', () => {
  expect(`${JSON.stringify(document, null, 2)}\n`).toBe(read('docs/openapi.json'))
})

test('the client’s types are made of that description', () => {
  expect(clientTypes(document)).toBe(read('src/client/paths.ts'))
})

test('each contract is fulfilled by one route, and no route is without a contract', () => {
  const promised = contracts().map((each) => each.id)
  const kept = routes.map((each) => each.contract.id)
  expect(new Set(promised).size).toBe(promised.length)
  expect([...kept].sort()).toEqual([...promised].sort())
  expect(promised.length).toBeGreaterThan(40)
})

test('every reference of the description leads somewhere', () => {
  const text = JSON.stringify(document)
  const { schemas } = document.components as { schemas: Record<string, unknown> }
  const named = [...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name]) => name as string)
  expect(named.length).toBeGreaterThan(50)
  expect(named.filter((name) => !(name in schemas))).toEqual([])
  expect(text).not.toContain('#/$defs/')
})
