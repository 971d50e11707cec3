import { existsSync, rmSync } from 'node:fs'
import { build, isStale } from './build.mjs'
import { install } from './install.mjs'
import { inRoot } from './paths.mjs'
import { runNode } from './run.mjs'

const example = 'agreements/wom-aws-chile'
const place = '.convenio/example'
const files = `${place}/files`
const data = `${place}/data`
// What the simulated business's parties settled: without it a bill in USD cannot be held against a bare $.
const supplement = `${example}/twin-supplement.yaml`
// The day of which the example's own text speaks: its last review.
const day = '2025-01-31'

/** Installs and builds what is missing, simulates the example's business, imports its files, and shows where its clauses stand. */
export async function show() {
  if (install().code !== 0) {
    console.error('Installing failed: see the lines above. Convenio needs the npm registry for its first start.')
    return 1
  }
  if (isStale()) {
    const { code, output } = await build()
    console[code === 0 ? 'log' : 'error'](output)
    if (code !== 0) return 1
    // Made by another build: made anew, so that what is shown is this build's.
    rmSync(inRoot(place), { recursive: true, force: true })
  }
  // Findings of severity error end `check` with 1: that is the answer asked for here, not a failure.
  const checked = present('What the text says', ['check', example, '--as-of', day])
  const steps = [
    () => existsSync(inRoot(files, 'truth.json')) || simulated(),
    () =>
      existsSync(inRoot(data, 'installation.json')) ||
      present('An installation for it', ['init', example, '--supplement', supplement, '--data', data]) === 0,
    () => present('Their files become evidence', ['import', files, '--data', data]) === 0,
    () => present('Where each clause stands', ['standing', '--as-of', day, '--data', data]) === 0,
  ]
  if (checked > 1 || !steps.every((step) => step())) return 1
  console.log(`\nAsk on: npx convenio why commitment/year-2 --as-of ${day} --data ${data}`)
  console.log(`        npx convenio evidence --as-of ${day} --data ${data}`)
  return 0
}

function simulated() {
  const scenario = `${example}/twin.yaml`
  return present('Three simulated years of that business', ['simulate', scenario, '--out', files, '--seed', '1']) === 0
}

function present(title, args) {
  console.log(`\n${heading(`${title}   convenio ${args.join(' ')}`)}\n`)
  const { code, crashed } = runNode(['dist/cli/main.js', ...args], { show: 'all' })
  return crashed ? 2 : code
}

function heading(text) {
  const coloured = process.stdout.isTTY && !process.env.NO_COLOR
  const rule = '─'.repeat(Math.min(process.stdout.columns ?? 80, 80))
  return coloured ? `\u001b[1m${text}\u001b[0m\n${rule}` : `${text}\n${rule}`
}
