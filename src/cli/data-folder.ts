import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { host } from './host.ts'

/** The folder of the installation: `--data`, `CONVENIO_DATA`, else `.convenio`. */
export function dataFolder(options: { data?: string | undefined }): string {
  const { env, path } = host()
  return path(options.data ?? env.CONVENIO_DATA ?? '.convenio')
}

/** Whether there is an installation. */
export function isInstalled(options: { data?: string | undefined }): boolean {
  return existsSync(join(dataFolder(options), 'installation.json'))
}

/** The folder of the agreement that the installation holds evidence for; undefined without an installation. */
export function installedAgreement(options: { data?: string | undefined }): string | undefined {
  const root = dataFolder(options)
  if (!isInstalled(options)) return undefined
  const { agreement } = JSON.parse(readFileSync(join(root, 'installation.json'), 'utf8')) as { agreement: string }
  return join(root, 'agreements', agreement)
}
