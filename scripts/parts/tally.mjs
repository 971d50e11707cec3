import { performance } from 'node:perf_hooks'

/** Runs steps one after the other, each counted as it ends, whatever happened to the one before. */
export class Tally {
  #passed = 0
  #failed = 0
  #skipped = 0

  /** One step: `work` returns `{code, output?, counts?}`; without counts the step itself counts as one. */
  async step(name, work) {
    const begun = performance.now()
    const result = await settle(work)
    const seconds = `${((performance.now() - begun) / 1000).toFixed(1)} s`
    const passed = result.code === 0
    if (!passed && result.output) console.log(result.output.trimEnd())
    console.log(`${passed ? '✓' : '✗'} ${name.padEnd(44)} ${seconds.padStart(8)}`)
    this.#add(result.counts ?? { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 })
    return passed
  }

  /** Prints the closing line, which scripts read, and returns the exit code. */
  close() {
    const skipped = this.#skipped > 0 ? `, ${this.#skipped} skipped` : ''
    console.log(`${this.#passed} passed, ${this.#failed} failed${skipped}`)
    return this.#failed === 0 ? 0 : 1
  }

  #add({ passed, failed, skipped }) {
    this.#passed += passed
    this.#failed += failed
    this.#skipped += skipped
  }
}

async function settle(work) {
  try {
    return await work()
  } catch (problem) {
    return { code: 1, output: problem instanceof Error ? (problem.stack ?? problem.message) : String(problem) }
  }
}
