import { build, isStale } from './build.mjs'
import { install } from './install.mjs'
import { runNode } from './run.mjs'

const example = 'agreements/wom-aws-chile'

/** Installs and builds what is missing, then shows what the example's text says and where its clauses stand. */
export async function show() {
  if (install().code !== 0) {
    console.error('Installing failed: see the lines above. Convenio needs the npm registry for its first start.')
    return 1
  }
  if (isStale()) {
    const { code, output } = await build()
    console[code === 0 ? 'log' : 'error'](output)
    if (code !== 0) return 1
  }
  // Findings of severity error end `check` with 1: that is the answer asked for here, not a failure.
  const checked = present('What the text says', ['check', example])
  const stood = present('Where each clause stands', ['standing', '--agreement', example])
  return (checked === 0 || checked === 1) && stood === 0 ? 0 : 1
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
