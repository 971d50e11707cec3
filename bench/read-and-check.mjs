// Reading and checking, beside bare Markdown parsing of the same text in the same run: node bench/read-and-check.mjs
// Each size runs in a process of its own, so that its memory is its own; start-up is measured apart.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { largeAgreement } from './documents.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const shared = process.env.CONVENIO_SHARED ?? `${root}../shared`
const real = `${shared}/agreements/wom-aws-chile.md`
const document = existsSync(real) ? real : `${root}agreements/wom-aws-chile/agreement.md`

if (process.argv[2] === 'one') await one(process.argv[3], Number(process.argv[4]))
else await all()

/** One measurement in this process: the text, how often, what it cost. */
async function one(name, runs) {
  const { RuleBook, checkRooms, findingPages, knownKinds, loadFacts, readAgreement, runChecks } = await import(
    `${root}dist/index.js`
  )
  const { readMarkdown } = await import(`${root}dist/agreement/markdown.js`)
  const text = name === 'document' ? readFileSync(document, 'utf8') : largeAgreement(Number(name))
  const context = { kinds: knownKinds(), facts: loadFacts() }
  const pages = findingPages()
  const work = () => {
    const agreement = readAgreement(text, 'agreement.md', context, 'bench')
    const findings = runChecks(checkRooms, pages, {
      agreement,
      rules: new RuleBook(agreement),
      facts: context.facts,
      asOf: '2025-01-31',
    })
    return { clauses: agreement.clauses.length, findings: findings.length }
  }
  const first = timed(work)
  const times = Array.from({ length: runs }, () => timed(work).ms)
  const bare = Array.from({ length: Math.max(1, runs) }, () => timed(() => readMarkdown(text, 'x')).ms)
  const memory = process.resourceUsage().maxRSS / 1024
  process.stdout.write(
    JSON.stringify({
      ...first.result,
      firstMs: first.ms,
      medianMs: median(times.length > 0 ? times : [first.ms]),
      bareMs: median(bare),
      memory,
    }),
  )
}

async function all() {
  const { version } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  console.log(
    `Convenio ${version}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${new Date().toISOString().slice(0, 10)}\n`,
  )
  console.log(
    '| Document | Clauses | Findings | First run ms | Median ms | Bare Markdown ms | Ratio to bare | Peak MB | ms per 1,000 clauses |',
  )
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |')
  for (const [name, runs] of [
    ['document', 20],
    ['100', 10],
    ['1000', 3],
    ['10000', 0],
  ]) {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [fileURLToPath(import.meta.url), 'one', name, String(runs)],
      { encoding: 'utf8' },
    )
    if (status !== 0) throw new Error(stderr)
    const each = JSON.parse(stdout)
    const cells = [
      name === 'document' ? 'the real document' : name,
      each.clauses,
      each.findings,
      round(each.firstMs),
      round(each.medianMs),
      round(each.bareMs),
      (each.medianMs / each.bareMs).toFixed(2),
      round(each.memory),
      round((each.medianMs / each.clauses) * 1000),
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
  console.log(
    `\nStart-up of the command line (\`convenio --version\`): ${round(median(Array.from({ length: 5 }, startUp)))} ms; of bare Node: ${round(median(Array.from({ length: 5 }, bareStart)))} ms.`,
  )
}

function startUp() {
  return timed(() => spawnSync(process.execPath, [`${root}dist/cli/main.js`, '--version'])).ms
}

function bareStart() {
  return timed(() => spawnSync(process.execPath, ['-e', '0'])).ms
}

function timed(work) {
  const begun = performance.now()
  const result = work()
  return { result, ms: performance.now() - begun }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

function round(number) {
  return number < 10 ? number.toFixed(1) : Math.round(number).toString()
}
