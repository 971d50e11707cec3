#!/usr/bin/env node
// Compares src/facts/data/regions-aws.yaml with the partition table of the installed @aws-sdk/core.
//
//   node scripts/refresh-regions.mjs           says what differs; exit 1 when something does
//   node scripts/refresh-regions.mjs --write   also adds new codes and takes over changed names and the package's version
//
// Run `npx biome check --write src/facts` after --write. A new code enters without an opening date, so its status is "unknown" until a person has looked: the SDK lists a region
// weeks before it opens. Codes that left the SDK are reported and stay.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseDocument } from 'yaml'

const root = new URL('../', import.meta.url)
const sdk = new URL('node_modules/@aws-sdk/core/', root)
const file = new URL('src/facts/data/regions-aws.yaml', root)

/** Every region of every partition: code → name. The pseudo-regions ("aws-global") are left out. */
export async function sdkRegions() {
  const table = new URL('dist-es/submodules/client/util-endpoints/lib/aws/partitions.js', sdk)
  if (!existsSync(table))
    throw new Error(`no partition table at ${fileURLToPath(table)}: run npm ci, or the package moved it`)
  const { partitionsInfo } = await import(table.href)
  const regions = partitionsInfo.partitions.flatMap((partition) => Object.entries(partition.regions))
  const real = regions.filter(([code]) => !code.endsWith('-global'))
  return new Map(real.map(([code, { description }]) => [code, description]))
}

export function sdkVersion() {
  return JSON.parse(readFileSync(new URL('package.json', sdk), 'utf8')).version
}

/** What the SDK has and the file lacks, what the file has and the SDK lacks, and names that differ. */
export function differences(regions, listed) {
  const has = (code) => Object.hasOwn(listed, code)
  return {
    missing: [...regions.keys()].filter((code) => !has(code)),
    gone: Object.keys(listed).filter((code) => !regions.has(code)),
    renamed: [...regions].filter(([code, name]) => has(code) && listed[code].name !== name),
  }
}

function report({ missing, gone, renamed }, regions) {
  for (const code of missing) console.log(`new in the SDK: ${code} ${regions.get(code)}`)
  for (const code of gone) console.log(`no longer in the SDK: ${code}`)
  for (const [code, name] of renamed) console.log(`renamed in the SDK: ${code} ${name}`)
}

function write(document, { missing, renamed }, regions, version) {
  for (const code of missing) document.setIn(['regions', code], document.createNode({ name: regions.get(code) }))
  for (const [code, name] of renamed) document.setIn(['regions', code, 'name'], name)
  document.setIn(['sources', 'main', 'package'], `@aws-sdk/core@${version}`)
  document.setIn(['sources', 'main', 'readOn'], new Date().toISOString().slice(0, 10))
  writeFileSync(file, document.toString({ lineWidth: 0, flowCollectionPadding: true }))
}

async function main() {
  const document = parseDocument(readFileSync(file, 'utf8'))
  const regions = await sdkRegions()
  const found = differences(regions, document.toJS().regions)
  const version = sdkVersion()
  const stale = document.getIn(['sources', 'main', 'package']) !== `@aws-sdk/core@${version}`
  report(found, regions)
  if (stale) console.log(`the file names another version of the SDK than ${version}`)
  if (process.argv.includes('--write')) {
    write(document, found, regions, version)
    console.log(
      `${regions.size} regions; wrote ${fileURLToPath(file)}. Add city, country, opened or notOpenUntil to new ones.`,
    )
    return
  }
  const same = !stale && found.missing.length + found.gone.length + found.renamed.length === 0
  console.log(`${regions.size} regions in @aws-sdk/core ${version}: ${same ? 'the file agrees' : 'the file differs'}`)
  if (!same) process.exitCode = 1
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main()
