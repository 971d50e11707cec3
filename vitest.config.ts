import { defineConfig } from 'vitest/config'

// Far from everybody: a hidden time zone or clock shows. Set here as well as below, so that workers are born with it.
process.env.TZ = 'Pacific/Apia'

const PROOFS = 'test/prove/**/*.test.ts'
const IN_BROWSER = 'test/browser/**/*.test.ts'

/**
 * `vitest run` is what `npm test` runs; `vitest run --mode prove` runs the long proofs alone, `--mode browser` what needs a
 * Chromium.
 */
export default defineConfig(({ mode }) => {
  const common = { env: { TZ: 'Pacific/Apia' }, pool: 'forks', maxWorkers: 2 } as const
  if (mode === 'prove') return { test: { ...common, include: [PROOFS], testTimeout: 0, hookTimeout: 0 } }
  // One at a time: a browser, its server and the test share the machine.
  if (mode === 'browser') {
    const patience = { testTimeout: 120_000, hookTimeout: 240_000 }
    return {
      test: { ...common, ...patience, include: [IN_BROWSER], maxWorkers: 1, globalSetup: 'test/browser/setup.ts' },
    }
  }
  return { test: { ...common, include: ['test/**/*.test.ts'], exclude: [PROOFS, IN_BROWSER], testTimeout: 20_000 } }
})
