import { existsSync } from 'node:fs'
import { browserTests, findBrowser } from './browser.mjs'
import { build, isStale } from './build.mjs'
import { install } from './install.mjs'
import { testPackage } from './package-steps.mjs'
import { inRoot, toolScript } from './paths.mjs'
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
  const pages = inRoot('web', 'tsconfig.json')
  if (existsSync(pages))
    await tally.step('types of the pages (tsc)', () => runTool('typescript', 'tsc', ['-p', pages, '--noEmit']))
  await tally.step('nothing unused (knip)', () => runTool('knip', 'knip', ['--no-progress']))
  const built = await tally.step('build', build)
  await tally.step('tests (vitest)', () => runVitest())
  if (findBrowser()) await tally.step('tests in a browser (vitest)', () => runVitest('--mode', 'browser'))
  else tellLeftOut()
  await testPackage(tally, built)
  return tally.close()
}

/** The tests in a browser alone, against a build that is made when it is not fresh. Returns the exit code. */
export async function testInBrowser() {
  const tally = new Tally()
  if (!findBrowser()) {
    tellLeftOut()
    return 1
  }
  const installed = await tally.step('install', install)
  if (!installed) return tally.close()
  if (isStale()) await tally.step('build', build)
  await tally.step('tests in a browser (vitest)', () => runVitest('--mode', 'browser', ...process.argv.slice(2)))
  return tally.close()
}

function tellLeftOut() {
  console.log('\nLeft out, because this machine has no Chromium or Chrome:')
  for (const name of browserTests()) console.log(`  test/browser/${name}`)
  console.log('Install one, or name it with CONVENIO_BROWSER=/path/to/chrome, and run: npm run test:browser\n')
}

function runTool(packageName, command, args) {
  const { code, stdout, stderr } = runNode([toolScript(packageName, command), ...args])
  return { code, output: stdout + stderr }
}
