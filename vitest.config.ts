import { defineConfig } from 'vitest/config'

// Far from everybody: a hidden time zone or clock shows. Set here as well as below, so that workers are born with it.
process.env.TZ = 'Pacific/Apia'

/** `vitest run` is what `npm test` runs; `vitest run --mode prove` runs the long proofs alone. */
export default defineConfig(({ mode }) => {
  const proofs = 'test/prove/**/*.test.ts'
  const common = { env: { TZ: 'Pacific/Apia' }, pool: 'forks', maxWorkers: 2 } as const
  return mode === 'prove'
    ? { test: { ...common, include: [proofs], testTimeout: 0, hookTimeout: 0 } }
    : { test: { ...common, include: ['test/**/*.test.ts'], exclude: [proofs], testTimeout: 20_000 } }
})
