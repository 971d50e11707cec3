import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the checkout, wherever the command was called from. */
export const root = fileURLToPath(new URL('../../', import.meta.url))

/** A path inside the checkout. */
export function inRoot(...parts) {
  return join(root, ...parts)
}

/** The script behind a package's command, so that Node can run it without a shell (spaces in paths, Windows). */
export function toolScript(packageName, command = packageName) {
  const folder = inRoot('node_modules', packageName)
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return join(folder, typeof bin === 'string' ? bin : bin[command])
}
