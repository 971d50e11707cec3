import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { RuleBook, readAgreement } from '../../src/agreement/index.ts'
import { checkRooms, findingPages } from '../../src/checks/registry.ts'
import type { Finding } from '../../src/checks/room.ts'
import { runChecks } from '../../src/checks/run.ts'
import { knownKinds } from '../../src/clauses/registry.ts'
import { loadFacts } from '../../src/facts/index.ts'

/** A defect that the author of an exam agreement planted, before seeing any checker. */
export interface Planted {
  code: string
  line: number
  also?: number[]
  why: string
}

/** How the checker did on one agreement. Only errors and warnings count. */
export interface Score {
  name: string
  found: Planted[]
  missed: Planted[]
  /** Planted defects that no code of the catalogue covers. */
  outside: Planted[]
  false: Finding[]
}

const folder = new URL('../agreements/', import.meta.url)
const context = { kinds: knownKinds(), facts: loadFacts() }
const pages = findingPages()

/** Names of the exam agreements. */
export function examNames(): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

/** Checks one exam agreement at its own date and compares with what was planted. */
export function scoreOf(name: string): Score {
  const text = readFileSync(new URL(`${name}/agreement.md`, folder), 'utf8')
  const { asOf, defects } = parse(readFileSync(new URL(`${name}/defects.yaml`, folder), 'utf8')) as {
    asOf: string
    defects: Planted[]
  }
  const agreement = readAgreement(text, `${name}/agreement.md`, context, name)
  const findings = runChecks(checkRooms, pages, {
    agreement,
    rules: new RuleBook(agreement),
    facts: context.facts,
    asOf,
  })
  const weighty = findings.filter((finding) => finding.severity !== 'info')
  const explained = new Set<Finding>()
  const found: Planted[] = []
  const missed: Planted[] = []
  for (const planted of defects.filter((each) => each.code !== 'none')) {
    const hits = weighty.filter((finding) => finding.code === planted.code && touches(finding, planted))
    for (const hit of hits) explained.add(hit)
    if (hits.length > 0) found.push(planted)
    else missed.push(planted)
  }
  return {
    name,
    found,
    missed,
    outside: defects.filter((each) => each.code === 'none'),
    false: weighty.filter((finding) => !explained.has(finding)),
  }
}

// The finding must show the place that a person would point at, as its primary place or as a labelled one.
function touches(finding: Finding, planted: Planted): boolean {
  const lines = [planted.line, ...(planted.also ?? [])]
  return lines.includes(finding.primary.line) || finding.related.some((each) => each.span.line === planted.line)
}
