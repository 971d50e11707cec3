import './parts/node-version.mjs'
import { existsSync } from 'node:fs'
import { build, writeCommittedSchema } from './parts/build.mjs'
import { markInstalled, skipFlag } from './parts/install.mjs'
import { inRoot } from './parts/paths.mjs'

process.exitCode = await main()

async function main() {
  const duringInstall =
    process.env.npm_lifecycle_event === 'prepare' && ['ci', 'install'].includes(process.env.npm_command)
  if (process.env[skipFlag] || !existsSync(inRoot('src'))) return 0
  if (duringInstall && !existsSync(inRoot('node_modules', 'typescript'))) {
    console.log('Not built: the compiler is a development dependency, and those were left out.')
    return 0
  }
  if (duringInstall) markInstalled()
  const { code, output } = await build()
  console[code === 0 ? 'log' : 'error'](output)
  // Only on request: the test that compares the committed copy would otherwise compare it with itself.
  if (code === 0 && process.env.npm_lifecycle_event === 'build') await writeCommittedSchema()
  return code
}
