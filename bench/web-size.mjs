// How much the browser loads, in gzip bytes: everything until the overview is interactive, and each later page more.
//   npm run build && node bench/web-size.mjs [folder of the built pages]
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const FIRST_LIMIT = 500_000
const LATER_LIMIT = 120_000
const OVERVIEW = 'src/pages/overview/OverviewPage.tsx'

const folder = process.argv[2] ?? fileURLToPath(new URL('../dist/web/', import.meta.url))
const manifest = JSON.parse(readFileSync(join(folder, '.vite', 'manifest.json'), 'utf8'))
const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
process.exitCode = main()

function main() {
  const words = Object.keys(manifest).filter((key) => /words\/en$|messages\/all\.en\.js$/.test(key))
  const first = filesOf([entry, OVERVIEW, ...words])
  first.add('index.html')
  const rows = [['first load, overview', first, FIRST_LIMIT], ...laterPages(first)]
  for (const [name, files, limit] of rows) {
    const size = sum(files)
    const verdict = size <= limit ? 'ok' : 'TOO MUCH'
    console.log(`${name.padEnd(40)} ${String(size).padStart(8)} of ${limit}  ${verdict}`)
  }
  console.log('\nfirst load, largest files')
  for (const file of [...first].sort((a, b) => sizeOf(b) - sizeOf(a)).slice(0, 8)) {
    console.log(`${String(sizeOf(file)).padStart(10)}  ${file}`)
  }
  return rows.every(([, files, limit]) => sum(files) <= limit) ? 0 : 1
}

/** What a page needs beyond the first load, with everything it loads later by itself, such as its charts or its editor. */
function laterPages(first) {
  return manifest[entry].dynamicImports
    .filter((key) => /^src\/pages\/.*Page\.tsx$/.test(key) && key !== OVERVIEW)
    .map((key) => {
      const files = filesOf([key], true)
      return [key.replace('src/pages/', ''), new Set([...files].filter((file) => !first.has(file))), LATER_LIMIT]
    })
}

function filesOf(keys, withLater = false) {
  const [files, seen, waiting] = [new Set(), new Set(), [...keys]]
  while (waiting.length > 0) {
    const key = waiting.pop()
    if (seen.has(key) || (withLater && key === entry)) continue
    seen.add(key)
    const chunk = manifest[key]
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file)
    waiting.push(...(chunk.imports ?? []), ...(withLater ? (chunk.dynamicImports ?? []) : []))
  }
  return files
}

function sum(files) {
  return [...files].reduce((total, file) => total + sizeOf(file), 0)
}

/** Fonts are compressed already. */
function sizeOf(file) {
  const bytes = readFileSync(join(folder, file))
  return file.endsWith('.woff2') ? bytes.length : gzipSync(bytes, { level: 9 }).length
}
