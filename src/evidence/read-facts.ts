import { type IsoDate, isIsoDate, message, type Problem, YamlSource } from '../language/index.ts'
import { type EvidenceFact, GRADES, type Grade } from './fact.ts'

/**
 * Reads evidence facts from YAML: `facts: [{dataset, date | from+to, receivedAt?, values, grade, source}]`.
 * Every fault gives a problem with its place; a fact with a fault is left out, the others are kept.
 */
export function readFacts(text: string, file: string): { facts: EvidenceFact[]; problems: Problem[] } {
  const source = new YamlSource(text, file)
  const facts: EvidenceFact[] = []
  if (source.problems.length > 0) return { facts, problems: source.problems }
  const list = (source.data as { facts?: unknown } | null)?.facts
  if (!Array.isArray(list)) {
    fault(source, 'evidence/no-facts', [])
    return { facts, problems: source.problems }
  }
  list.forEach((item, at) => {
    const fact = readFact(source, item, at)
    if (fact) facts.push(fact)
  })
  return { facts, problems: source.problems }
}

function fault(
  source: YamlSource,
  code: string,
  path: (string | number)[],
  params: Record<string, string> = {},
): undefined {
  source.problems.push({
    code,
    where: source.spanAt(path),
    message: message(code, params),
    fix: message(`${code}.fix`),
  })
}

function readFact(source: YamlSource, item: unknown, at: number): EvidenceFact | undefined {
  const path = ['facts', at]
  if (item === null || typeof item !== 'object' || Array.isArray(item))
    return fault(source, 'evidence/not-a-fact', path)
  const text = (key: string): string | undefined => source.textAt([...path, key])
  const lacking = ['dataset', 'source', 'grade', 'values'].filter((key) => !(key in item))
  for (const field of lacking) fault(source, 'evidence/missing-field', path, { field })
  const from = text('from') ?? text('date')
  const to = text('to') ?? text('date')
  const receivedAt = text('receivedAt') ?? to
  const dates = [from, to, receivedAt]
  if (dates.some((date) => !date || !isIsoDate(date)) || (from ?? '') > (to ?? '')) {
    return fault(source, 'evidence/bad-date', path, { text: dates.map((date) => date ?? '—').join(', ') })
  }
  const grade = text('grade')
  if (grade !== undefined && !GRADES.includes(grade as Grade))
    return fault(source, 'evidence/bad-grade', [...path, 'grade'], { text: grade })
  if (lacking.length > 0) return undefined
  const values = readValues(source, [...path, 'values'], (item as { values: unknown }).values)
  const found = { dataset: text('dataset') ?? '', source: text('source') ?? '', grade: grade as Grade, values }
  return {
    ...found,
    from: from as IsoDate,
    to: to as IsoDate,
    receivedAt: receivedAt as IsoDate,
    file: source.file,
    row: String(source.spanAt(path).line),
  }
}

// Numbers stay the characters that were written: no binary float may come between the file and the money.
function readValues(source: YamlSource, path: (string | number)[], values: unknown): EvidenceFact['values'] {
  const result: EvidenceFact['values'] = {}
  for (const [key, value] of Object.entries(values ?? {})) {
    if (typeof value === 'boolean') result[key] = value
    else if (value !== null && typeof value !== 'object') result[key] = source.textAt([...path, key]) ?? String(value)
  }
  return result
}
