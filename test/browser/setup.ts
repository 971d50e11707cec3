import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { AGREEMENT, convenio, SUPPLEMENT } from './product.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of what all tests in a browser start from: `files`, `january` and the installation `data`. */
    prepared: string
  }
}

/** Makes once what each file copies: seven months of a small business, all of it evidence but the last bill. */
export default async function setup(project: TestProject): Promise<() => void> {
  const root = mkdtempSync(join(tmpdir(), 'convenio-browser-'))
  const remove = () => rmSync(root, { recursive: true, force: true, maxRetries: 5 })
  try {
    const [files, data] = [join(root, 'files'), join(root, 'data')]
    const span = ['--from', '2024-07', '--to', '2025-01', '--scale', '0.05', '--seed', '1']
    await Promise.all([
      convenio('simulate', `${AGREEMENT}/twin.yaml`, '--out', files, ...span),
      convenio('init', AGREEMENT, '--supplement', SUPPLEMENT, '--data', data),
    ])
    keepBack(files, join(root, 'january'))
    await convenio('import', files, '--data', data)
  } catch (fault) {
    remove()
    throw fault
  }
  project.provide('prepared', root)
  return remove
}

/** The last month's bill, as its two exports deliver it, is left for a person to bring. */
function keepBack(files: string, place: string): void {
  for (const kind of ['cur-daily', 'focus-daily'])
    for (const part of ['data', 'metadata']) {
      const folder = join(kind, part, 'BILLING_PERIOD=2025-01')
      mkdirSync(join(place, kind, part), { recursive: true })
      renameSync(join(files, 'bill', folder), join(place, folder))
    }
}
