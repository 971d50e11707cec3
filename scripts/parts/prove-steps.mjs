import { build } from './build.mjs'
import { install } from './install.mjs'
import { Tally } from './tally.mjs'
import { runVitest } from './vitest.mjs'

/** The long proofs of test/prove, against a fresh build. Returns the exit code. */
export async function prove() {
  const tally = new Tally()
  const installed = await tally.step('install', install)
  if (!installed) return tally.close()
  await tally.step('build', build)
  await tally.step('proofs (vitest)', () => runVitest('--mode', 'prove', ...process.argv.slice(2)))
  return tally.close()
}
