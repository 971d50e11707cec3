import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { inRoot } from './paths.mjs'
import { runNpm } from './run.mjs'

const stampFile = inRoot('node_modules', '.convenio-lock')

/** Set while we install or pack: `prepare` then leaves building to us, so that a failing build is seen as what it is. */
export const skipFlag = 'CONVENIO_SKIP_PREPARE'

/** What is installed fits the lock file, or is made to fit. Nothing happens when the lock file did not change. */
export function install() {
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp()) return { done: false, code: 0 }
  console.log('Installing what package-lock.json lists (only after it changed) …')
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const { code } = runNpm(args, { show: 'errors', env: { ...process.env, [skipFlag]: '1' } })
  if (code === 0) markInstalled()
  return { done: true, code }
}

/** Remembers which lock file the installed packages came from. */
export function markInstalled() {
  writeFileSync(stampFile, wantedStamp())
}

/** Native parts differ by platform, so a folder copied to another machine is installed afresh. */
function wantedStamp() {
  const lock = createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex')
  return `${lock} ${process.platform} ${process.arch}\n`
}
