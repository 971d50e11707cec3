import { z } from 'zod'
import {
  type CellReader,
  plain,
  type ReadClause,
  type Row,
  ruleValue,
  settles,
  slug,
  TOPIC_NAMES,
  type Topic,
  topicOfLabel,
  topicOfSentence,
} from '../../agreement/index.ts'

/** A rule that settles what the tables leave open; the text's half of a supplement. */
export const ruleTerms = z.strictObject({
  topic: z.enum(TOPIC_NAMES as [Topic, ...Topic[]]),
  statement: z.string(),
  clause: z.string().optional().describe('the clause or kind it is about, when the text says'),
  value: z.record(z.string(), z.unknown()).optional().describe('what of the statement could be computed with'),
})

/** Terms of one rule clause. */
export type RuleTerms = z.infer<typeof ruleTerms>

/** RUL-1, RUL-2: a labelled row or line, or a sentence, as the rules it states; undefined when it settles nothing. */
export function fromRow(row: Row, read: CellReader): ReadClause<RuleTerms>[] | undefined {
  const text = row.cells.value?.text ?? row.cells.text?.text ?? row.label.text
  const whole = row.cells.value && row.form !== 'row' ? row.all.map((cell) => cell.text).join(': ') : text
  const topic = topicOf(row, text, whole)
  if (!topic) return undefined
  const labelled = row.cells.value !== undefined && row.label.text !== text
  const said = labelled ? text : whole
  const note = row.cells.note?.text
  const first = ruleOf(topic, labelled ? row.label.text : titleOf(whole), note ? `${said}. ${note}` : said, row, read)
  return [first, ...alsoSaid(first, read)]
}

function topicOf(row: Row, text: string, whole: string): Topic | undefined {
  const field = TOPIC_NAMES.find((topic) => topic === row.field)
  if (field) return settles(field, text) ? field : topicOfSentence(text)
  // A sentence without a label is its own label; a word somewhere in it names no topic.
  const label = row.label.text !== text || row.form === 'row' ? topicOfLabel(row.label.text, text) : undefined
  return label ?? topicOfSentence(whole)
}

function ruleOf(topic: Topic, title: string, statement: string, row: Row, read: CellReader): ReadClause<RuleTerms> {
  const label = row.label.text === statement ? undefined : row.label.text
  const value = ruleValue(topic, statement, read, label)
  const about = clauseAbout(topic, title)
  const terms: RuleTerms = { topic, statement }
  if (about) terms.clause = about
  if (value) terms.value = value as Record<string, unknown>
  const key = about ? `${topic}-${about.split('/')[1] ?? about}` : keyOf(topic, row)
  return { key, title, force: 'statement', obligor: 'none', beneficiary: 'none', terms }
}

function keyOf(topic: Topic, row: Row): string {
  // Formula, window and exclusions stand on lines of their own; each keeps its label in its id.
  const label = row.cells.value && row.cells.value.text !== row.label.text ? slug(row.label.text) : ''
  return topic === 'measurement' && label && label !== topic ? `${topic}-${label}` : topic
}

function titleOf(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text
}

// "No shortfall carries over" settles two topics at once, and so do "in US$; what is agreed in pesos converts at …" and
// "all charges count toward the commitment, excluding tax".
function alsoSaid(first: ReadClause<RuleTerms>, read: CellReader): ReadClause<RuleTerms>[] {
  const surplus = first.terms.topic === 'shortfall' ? first.terms.value?.carryOver : undefined
  if (typeof surplus === 'boolean') {
    const terms: RuleTerms = { topic: 'carry-over', statement: first.terms.statement, value: { surplus } }
    return [{ ...first, key: 'carry-over', terms }]
  }
  if (first.terms.topic === 'tax' && topicOfSentence(first.terms.statement.split(', ')[0] ?? '') === 'eligible-spend') {
    const value = ruleValue('eligible-spend', first.terms.statement, read)
    const terms: RuleTerms = { topic: 'eligible-spend', statement: first.terms.statement, ...(value ? { value } : {}) }
    return [{ ...first, key: 'eligible-spend', terms }]
  }
  if (first.terms.topic !== 'currency') return []
  return first.terms.statement.split(/;\s+|\.\s+/).flatMap((statement): ReadClause<RuleTerms>[] => {
    if (topicOfSentence(statement) !== 'exchange-rate') return []
    const value = ruleValue('exchange-rate', statement, read)
    const terms: RuleTerms = { topic: 'exchange-rate', statement, ...(value ? { value } : {}) }
    return [{ ...first, key: 'exchange-rate', terms }]
  })
}

const ABOUT: Partial<Record<Topic, { kind: string; name: RegExp }>> = {
  rate: {
    kind: 'price',
    name: /^(.+?) (?:unit )?(?:rates?|unit price|price)$|^(?:tarifa|precio)s? (?:unitari[oa]s? )?(?:de|del) (?!.*\bpor\b)(.+)$/,
  },
  'price-included': {
    kind: 'service',
    name: /^(?:the )?(.+?) (?:is|are|has|have) .*|^(.+?) (?:esta|estan|se entienden?|no tiene|no tienen|va|van) .*/,
  },
}

// "Reconciliation of the commitment": a note about one kind says nothing of the others.
const NOTED: [RegExp, string][] = [
  [/\b(?:commitments?|minimum spend|compromisos?|(?:gasto|consumo) minimo)\b/, 'commitment'],
  [/\b(?:prices?|costs?|margin|precios?|costos?|costes?|margen)\b/, 'price'],
]

/** RUL-3: the clause that a rule's own words name, by the id that its label would have, or its kind. */
function clauseAbout(topic: Topic, label: string): string | undefined {
  if (topic === 'reconciliation-note' && label.split(' ').length <= 6)
    return NOTED.find(([words]) => words.test(plain(label)))?.[1]
  const about = ABOUT[topic]
  const match = about?.name.exec(plain(label))
  const name = match?.[1] ?? match?.[2]
  return about && name ? `${about.kind}/${slug(name)}` : undefined
}
