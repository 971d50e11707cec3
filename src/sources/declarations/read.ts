import { type EvidenceFact, PARTNER, readFacts } from '../../evidence/index.ts'
import { type Problem, YamlSource } from '../../language/index.ts'
import { refusal } from '../reading.ts'
import type { FileReading, ReadFact, ReadRow, RecordFile, RowFault } from '../room.ts'
import { DECLARABLE, FREE_TEXT, PERSONAL } from './terms.ts'

/** SDE-1 to SDE-5: what people declare, in the form of `--evidence`. */
export function read(file: RecordFile): FileReading {
  const { facts, problems } = readFacts(file.text, file.name)
  const source = new YamlSource(file.text, file.name)
  const list = (source.data as { facts?: unknown } | undefined | null)?.facts
  if (source.problems.length > 0) return { refused: source.problems }
  if (!Array.isArray(list)) return refusal(file.name, 'no-facts')
  if (list.length === 0) return refusal(file.name, 'no-facts')
  const lines = file.text.split(/\r\n|\n|\r/)
  const spans = list.map((_, at) => source.spanAt(['facts', at]))
  const said = new Map<string, number>()
  const unread = [...facts]
  const rows = spans.map(({ line, column, endLine }, at): ReadRow => {
    const next = spans[at + 1]
    const raw = lines.slice(line - 1, Math.max(line, next ? next.line - 1 : endLine)).join('\n')
    const own = problems.filter(({ where }) => isWithin(where, { line, column }, next))
    // A fact without a problem was read, in the order of the list.
    const fact = own.length === 0 ? unread.shift() : undefined
    return {
      row: at + 1,
      raw,
      owner: PARTNER,
      ...(fact ? factRead(fact, said) : { facts: [], rejected: faultsOf(own) }),
    }
  })
  return { rows }
}

function isWithin(
  where: Problem['where'],
  start: { line: number; column: number },
  next: { line: number; column: number } | undefined,
): boolean {
  const from = where.line > start.line || (where.line === start.line && where.column >= start.column)
  return from && (!next || where.line < next.line || (where.line === next.line && where.column < next.column))
}

function faultsOf(problems: readonly Problem[]): RowFault[] {
  const faults = problems.map(({ code, message: { params } }) => ({
    code: code.replace('evidence/', 'declared-'),
    field: String(params.field ?? ''),
    ...(params.text === undefined ? {} : { detail: String(params.text).slice(0, 40) }),
  }))
  return faults.length > 0 ? faults : [{ code: 'declared-not-a-fact', field: '' }]
}

function factRead(fact: EvidenceFact, said: Map<string, number>): Pick<ReadRow, 'facts' | 'rejected' | 'quirks'> {
  const { dataset, grade, values } = fact
  const undeclarable = !DECLARABLE.includes(dataset)
  if (undeclarable)
    return { facts: [], rejected: [{ code: 'not-declarable', field: 'dataset', detail: dataset.slice(0, 40) }] }
  const quirks: RowFault[] = grade === 'declared' ? [] : [{ code: 'claims-more', field: 'grade', detail: grade }]
  const { plain, personal } = withoutPersons(values)
  const read: ReadFact = {
    dataset,
    key: keyOf(fact, plain, said),
    version: '',
    from: fact.from,
    to: fact.to,
    values: { ...plain, declaredBy: pseudonym(fact.source) },
    personal: { ...personal, declaredBy: fact.source },
    owner: PARTNER,
    grade: 'declared',
  }
  return { facts: [read], rejected: [], quirks }
}

/** SDE-4: what names a person becomes a pseudonym, free words are only sealed. */
function withoutPersons(values: EvidenceFact['values']): {
  plain: EvidenceFact['values']
  personal: Record<string, string>
} {
  const plain: EvidenceFact['values'] = {}
  const personal: Record<string, string> = {}
  for (const [name, value] of Object.entries(values)) {
    const isPerson = PERSONAL.includes(name)
    if (isPerson || FREE_TEXT.includes(name)) personal[name] = String(value)
    if (isPerson && typeof value === 'string') plain[name] = pseudonym(value)
    else if (!FREE_TEXT.includes(name)) plain[name] = value
  }
  return { plain, personal }
}

function pseudonym(name: string): string {
  return `{{person:${name.replace(/[{}]/g, '').trim()}}}`
}

/**
 * SDE-2: what is declared of a clause for a time is one fact, so that a later word on it stands. Other facts are what they say;
 * those that differ in persons alone are told apart by their order, as no name may stand in a key.
 */
function keyOf({ dataset, from, to }: EvidenceFact, plain: EvidenceFact['values'], said: Map<string, number>): string {
  const isOfClause = dataset === 'declarations' && plain.clause !== undefined
  const told = Object.entries(plain)
    .filter(([name]) => !PERSONAL.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  const key = `declared ${from} ${to} ${isOfClause ? String(plain.clause) : JSON.stringify(told)}`
  const identity = `${dataset} ${key}`
  const count = isOfClause ? 0 : (said.get(identity) ?? 0)
  said.set(identity, count + 1)
  return count === 0 ? key : `${key} ${count + 1}`
}
