import { build } from './build.mjs'
import { install } from './install.mjs'
import { testPackage } from './package-steps.mjs'
import { toolScript } from './paths.mjs'
import { runNode } from './run.mjs'
import { Tally } from './tally.mjs'
import { runVitest } from './vitest.mjs'

/** Everything `npm test` does, ending with the closing line. Returns the exit code. */
export async function test() {
  const tally = new Tally()
  const installed = await tally.step('install', install)
  if (!installed) return tally.close()
  await tally.step('format and lint (biome)', () => runTool('@biomejs/biome', 'biome', ['check', '.']))
  await tally.step('types (tsc)', () => runTool('typescript', 'tsc', ['-p', 'tsconfig.json', '--noEmit']))
  await tally.step('nothing unused (knip)', () => runTool('knip', 'knip', ['--no-progress']))
  const built = await tally.step('build', build)
  await tally.step('tests (vitest)', () => runVitest())
  await testPackage(tally, built)
  return tally.close()
}

function runTool(packageName, command, args) {
  const { code, stdout, stderr } = runNode([toolScript(packageName, command), ...args])
  return { code, output: stdout + stderr }
}
