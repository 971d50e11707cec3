import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { toolScript } from './paths.mjs'
import { runNode } from './run.mjs'

/** Runs Vitest, shows its output, and counts what its JSON report says. */
export function runVitest(...args) {
  const folder = mkdtempSync(join(tmpdir(), 'convenio-vitest-'))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  try {
    const { code } = runNode([toolScript('vitest'), 'run', ...args, ...reporters], {
      show: 'all',
      env: { ...process.env, NODE_ENV: 'test' },
    })
    const counts = existsSync(report) ? countTests(JSON.parse(readFileSync(report, 'utf8'))) : noTests()
    // Vitest also fails on what belongs to no test, such as a rejection nobody waited for.
    if (code !== 0 && counts.failed === 0) counts.failed = 1
    return { code: counts.failed === 0 ? 0 : 1, counts }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function countTests(report) {
  // A file that cannot even be loaded has no failed test, and would not be counted.
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && !hasFailure(file)).length
  const counts = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded,
    skipped: report.numPendingTests + report.numTodoTests,
  }
  return counts.passed + counts.failed === 0 ? noTests() : counts
}

function hasFailure(file) {
  return file.assertionResults.some((test) => test.status === 'failed')
}

/** Nothing ran: that is a failure, or an emptied folder would look like success. */
function noTests() {
  return { passed: 0, failed: 1, skipped: 0 }
}
