// Writes docs/openapi.json and the client's types from the contracts of the built server. `--check` only compares.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { clientTypes } from './parts/client-types.mjs'
import { inRoot } from './parts/paths.mjs'

const module = inRoot('dist', 'api', 'openapi.js')
if (!existsSync(module)) throw new Error('Build first: npm run build')
const { openApiDocument } = await import(pathToFileURL(module).href)
const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
const document = openApiDocument(version)
writeFileSync(inRoot('docs', 'openapi.json'), `${JSON.stringify(document, null, 2)}\n`)
writeFileSync(inRoot('src', 'client', 'paths.ts'), clientTypes(document))
