import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { examNames, scoreOf } from './score.ts'

/** The score that was reached; it may rise and must not fall. */
const reached = parse(readFileSync(new URL('./reached.yaml', import.meta.url), 'utf8')) as Record<
  string,
  { missed: number; false: number }
>

describe('agreements by people who had not read the checker', () => {
  it('are seven', () => expect(examNames()).toHaveLength(7))

  it.each(examNames())('%s', (name) => {
    const score = scoreOf(name)
    const missed = score.missed.map((each) => `missed ${each.code} at line ${each.line}: ${each.why}`)
    const wrong = score.false.map((each) => `false ${each.code} at line ${each.primary.line}`)
    const told = [
      `${name}: ${score.found.length} found, ${missed.length} missed, ${wrong.length} false`,
      ...missed,
      ...wrong,
    ]
    if (process.env.SCORE) console.info(told.join('\n'))
    expect(score.found.length + score.missed.length).toBeGreaterThanOrEqual(10)
    expect(missed.length, told.join('\n')).toBeLessThanOrEqual(reached[name]?.missed ?? 0)
    expect(wrong.length, told.join('\n')).toBeLessThanOrEqual(reached[name]?.false ?? 0)
  })
})
