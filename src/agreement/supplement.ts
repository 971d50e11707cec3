import { z } from 'zod'
import { isIsoDate, type Problem, YamlSource } from '../language/index.ts'
import type { Rule, Supplement, Waiver } from './rules.ts'
import { TOPICS, type Topic } from './topics.ts'

const isoDate = z.string().refine(isIsoDate, 'a date such as 2025-01-31')

const entryForm = z.strictObject({
  topic: z.enum(Object.keys(TOPICS) as [Topic, ...Topic[]]),
  clause: z.string().optional().describe('a clause id, or a kind to speak of all its clauses'),
  value: z.record(z.string(), z.unknown()),
  statement: z.string().optional(),
  agreed: z.strictObject({ by: z.string().min(1), on: isoDate, reference: z.string().optional() }).optional(),
})

const waiverForm = z.strictObject({
  finding: z.string().optional(),
  clause: z.string().optional(),
  reason: z.string().optional(),
  approvedBy: z.string().optional(),
  until: isoDate.optional(),
})

/** A supplement as it is written in YAML. */
export const supplementForm = z.strictObject({
  supplement: z.literal(1).describe('version of this form'),
  agreement: z.string().optional(),
  entries: z.array(entryForm).optional(),
  waivers: z.array(waiverForm).optional(),
})

/** Reads a supplement; a faulty entry is left out with a problem at its place, the others are kept. */
export function readSupplement(text: string, file: string): { supplement: Supplement; problems: Problem[] } {
  const source = new YamlSource(text, file)
  const supplement: Supplement = { file, lines: text.split(/\r\n|\n|\r/), rules: [], waivers: [] }
  if (source.problems.length > 0) return { supplement, problems: source.problems }
  const outer = source.check(
    supplementForm.extend({ entries: z.array(z.unknown()).optional(), waivers: z.array(z.unknown()).optional() }),
  )
  outer?.entries?.forEach((entry, at) => {
    const rule = readEntry(source, entry, at)
    if (rule) supplement.rules.push(rule)
  })
  outer?.waivers?.forEach((entry, at) => {
    const waiver = source.check(waiverForm, ['waivers', at], entry)
    if (waiver) supplement.waivers.push({ ...waiver, span: source.spanAt(['waivers', at]) } as Waiver)
  })
  return { supplement, problems: source.problems }
}

function readEntry(source: YamlSource, entry: unknown, at: number): Rule | undefined {
  const path = ['entries', at]
  const form = source.check(entryForm, path, entry)
  if (!form) return undefined
  const value = source.check(TOPICS[form.topic] as z.ZodType<object>, [...path, 'value'], form.value)
  if (!value) return undefined
  const statement =
    form.statement ??
    Object.values(value)
      .map((each) => (typeof each === 'object' ? JSON.stringify(each) : String(each)))
      .join(', ')
  const rule: Rule = { topic: form.topic, value, statement, span: source.spanAt(path), from: 'supplement' }
  if (form.clause !== undefined) rule.clause = form.clause
  if (form.agreed) rule.agreed = form.agreed
  return rule
}
