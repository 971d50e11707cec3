import { describe, expect, it } from 'vitest'
import { type InvariantList, invariantViolations, RULE_NAMES } from './invariants.ts'
import { readList, readTree, treeOf } from './tree.ts'

const list = readList<InvariantList>('invariants.yaml')

describe('invariants of src', () => {
  it('hold', () => {
    expect(invariantViolations(readTree('src'), list)).toEqual([])
  })

  it('have exceptions only with a known rule and a reason', () => {
    for (const { rule, why } of list.exceptions) {
      expect(RULE_NAMES).toContain(rule)
      expect(why.length).toBeGreaterThan(20)
    }
  })

  it('are tested far from home', () => {
    expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe('Pacific/Apia')
    expect(new Date('2025-01-31T12:00:00Z').getHours()).not.toBe(12)
  })
})

describe('the invariant rules', () => {
  it.each([
    ['reaches outside', "import { readFileSync } from 'node:fs'"],
    ['reaches outside', "import http from 'http'"],
    ['reaches outside', "const fs = await import('node:fs/promises')"],
    ['reaches outside', 'export const a = process.env.HOME'],
    ['reaches outside', 'fetch(url)'],
    ['reaches outside', 'const a = { process }'],
    ['chance', 'const a = Math.random()'],
    ['chance', "import { createHash, randomUUID } from 'node:crypto'"],
    ['makes a Date', "const a = new Date('2025-01-01')"],
    ['reads the clock', 'const a = Temporal.Now.plainDateISO()'],
    ['reads the clock', 'const a = Date.now()'],
    ['local time zone', 'const a = day.getMonth()'],
    ['local time zone', "const a = new Intl.DateTimeFormat('en', { dateStyle: 'long' })"],
    ['local language', 'words.sort((a, b) => a.localeCompare(b))'],
    ['local language', 'const a = count.toLocaleString()'],
    ['money as a float', 'const a = parseFloat(text)'],
    ['money as a float', 'const a = Number.parseFloat(text)'],
    ['money as a float', 'const a = Number(row.price)'],
    ['money as a float', 'const a = +unitCost'],
    ['money as a float', 'const a = total.money.toNumber()'],
  ])('find %s in %s', (rule, text) => {
    const found = invariantViolations(treeOf({ 'src/clauses/price/judge.ts': text }), list)
    expect(found).toEqual([expect.stringContaining(`src/clauses/price/judge.ts:1 ${rule}: `)])
  })

  it.each([
    ['only the command line knows argv', 'src/standing/judge.ts', 'const a = process.argv'],
    ['reads the clock', 'src/standing/judge.ts', 'const today = new Date()'],
    ['reads the clock', 'src/clauses/registry.ts', 'const a = Date.now()'],
  ])('find %s in %s', (rule, path, text) => {
    expect(invariantViolations(treeOf({ [path]: text }), list)).toEqual([expect.stringContaining(rule)])
  })

  it.each([
    ['src/clauses/price/judge.ts', "import assert from 'node:assert/strict'"],
    ['src/clauses/price/judge.ts', "import { createHash } from 'node:crypto'"],
    ['src/clauses/price/judge.ts', 'const a = Date.parse(day)'],
    ['src/clauses/price/judge.ts', 'const a = room.process + b.fetch({ process: 1 })'],
    ['src/clauses/price/judge.ts', "// Math.random and 'node:fs'"],
    ['src/clauses/price/judge.ts', "const a = new Intl.DateTimeFormat('en', { timeZone: 'UTC' })"],
    ['src/clauses/price/judge.ts', "words.sort((a, b) => a.localeCompare(b, 'en'))"],
    ['src/clauses/price/judge.ts', 'const a = Number(duration.amount)'],
    ['src/clauses/registry.ts', "import { readFileSync } from 'node:fs'"],
    ['src/standing/judge.ts', "const a = new Date('2025-01-01')"],
    ['src/cli/main.ts', 'const a = [process.argv, Date.now(), new Date()]'],
  ])('leave %s alone with %s', (path, text) => {
    expect(invariantViolations(treeOf({ [path]: text }), list)).toEqual([])
  })

  it('report an exception that nothing needs', () => {
    const exceptions = [{ file: 'src/standing/a.ts', rule: 'chance', why: 'it was needed once' }]
    const needed = treeOf({ 'src/standing/a.ts': 'Math.random()' })
    expect(invariantViolations(needed, { ...list, exceptions })).toEqual([])
    expect(invariantViolations(treeOf({}), { ...list, exceptions })).toEqual([
      'needless exception: src/standing/a.ts chance',
    ])
  })
})
