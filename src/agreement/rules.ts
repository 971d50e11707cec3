import type { IsoDate, Span } from '../language/index.ts'
import type { Agreement, Clause } from './clause.ts'
import { ruleValue } from './rule-values.ts'
import { topicOfLabel, topicOfSentence } from './rule-words.ts'
import type { Topic, TopicValue } from './topics.ts'

/** Who agreed a supplement's entry, when, and where that is written. */
export interface Citation {
  by: string
  on: IsoDate
  reference?: string
}

/** What the text or the supplement settles about a topic. `value` may be missing where the text's words say no more. */
export interface Rule<T extends Topic = Topic> {
  topic: T
  /** Undefined: it holds for the whole agreement. */
  clause?: string
  value?: Partial<TopicValue<T>>
  statement: string
  span: Span
  from: 'text' | 'supplement'
  agreed?: Citation
}

/** An entry that excuses a finding or a clause until a day. */
export interface Waiver {
  /** Finding code, such as `residency/cross-region-recovery`. */
  finding?: string
  clause?: string
  reason?: string
  approvedBy?: string
  until?: IsoDate
  span: Span
}

/** A supplement read: what the parties settled outside the text. */
export interface Supplement {
  file: string
  lines: string[]
  rules: Rule[]
  waivers: Waiver[]
}

/** What a clause settles: a rule says so itself; a definition, a renewal and a notice settle a topic by what they are. */
function ruleOf(clause: Clause, agreement: Agreement): Rule | undefined {
  const common = { span: clause.span, from: 'text' } as const
  if (clause.kind === 'rule') {
    const {
      topic,
      statement,
      value,
      clause: about,
    } = clause.terms as Pick<Rule, 'topic' | 'statement' | 'value' | 'clause'>
    return { ...common, topic, statement, ...(value ? { value } : {}), ...(about ? { clause: about } : {}) }
  }
  if (clause.kind === 'definition') {
    const { term, meaning } = clause.terms as { term: string; meaning: string }
    const topic = topicOfLabel(term, meaning)
    if (topic) return stated(common, topic, meaning, agreement)
    // “$” means … settles the currency by the whole sentence; what a word means settles nothing but that word.
    if (/\p{L}/u.test(term)) return undefined
    const said = `${term} ${agreement.language === 'es' ? 'significa' : 'means'} ${meaning}`
    const spoken = topicOfSentence(said)
    return spoken && stated(common, spoken, said, agreement)
  }
  const { field, text } = clause.terms as { field?: string; text?: string }
  const topic = field === 'renewal' || field === 'notice' ? field : undefined
  return clause.kind === 'term' && topic && text ? stated(common, topic, text, agreement) : undefined
}

function stated(common: Pick<Rule, 'span' | 'from'>, topic: Topic, statement: string, agreement: Agreement): Rule {
  const value = ruleValue(topic, statement, agreement)
  return { ...common, topic, statement, ...(value ? { value } : {}) }
}

// What a sentence says of "the targets" holds for those of its own section.
const OF_SECTION = new Set<Topic>(['target-date', 'reconciliation-note'])

function withinSection(rule: Rule, kinds: ReadonlySet<string> = new Set()): Rule {
  const [kind, ...others] = kinds
  if (rule.clause !== undefined || kind === undefined || others.length > 0 || !OF_SECTION.has(rule.topic)) return rule
  return { ...rule, clause: kind }
}

const SPOKEN = new Set(['rule', 'definition', 'provision', 'unread', 'term', 'document-control'])

/** The kinds whose tables and bullets stand in each section. */
function kindsBySection(agreement: Agreement): Map<string, Set<string>> {
  const sections = new Map<string, Set<string>>()
  for (const clause of agreement.clauses) {
    if (SPOKEN.has(clause.kind)) continue
    const kinds = sections.get(sectionKey(clause))
    if (kinds) kinds.add(clause.kind)
    else sections.set(sectionKey(clause), new Set([clause.kind]))
  }
  return sections
}

function sectionKey(clause: Clause): string {
  return clause.section.join('\u0000')
}

/** The currency that the text itself states for all amounts; undefined when it states none. */
export function statedCurrency(agreement: Agreement): string | undefined {
  for (const clause of agreement.clauses) {
    const rule = ruleOf(clause, agreement)
    const currency =
      rule?.topic === 'currency' ? (rule.value as { currency?: string } | undefined)?.currency : undefined
    if (currency) return currency
  }
  return undefined
}

/** What an agreement's text and supplement settle, by topic. The text wins; a disagreement is a check's business. */
export class RuleBook {
  readonly #byTopic = new Map<string, Rule[]>()

  constructor(agreement: Agreement, supplement?: Supplement) {
    const kinds = kindsBySection(agreement)
    const text = agreement.clauses.flatMap((clause) => {
      const rule = ruleOf(clause, agreement)
      return rule ? [withinSection(rule, kinds.get(sectionKey(clause)))] : []
    })
    for (const rule of [...text, ...(supplement?.rules ?? [])]) {
      const rules = this.#byTopic.get(rule.topic) ?? []
      rules.push(rule)
      this.#byTopic.set(rule.topic, rules)
    }
  }

  /** The rule for a clause (its own first, then its kind's, then the agreement's), or for the whole agreement. */
  find<T extends Topic>(topic: T, clause?: string): Rule<T> | undefined {
    const rules = (this.#byTopic.get(topic) ?? []) as unknown as Rule<T>[]
    const kind = clause?.split('/')[0]
    const reaches = [clause, kind].filter((reach) => reach !== undefined)
    for (const reach of [...reaches, undefined]) {
      const same = rules.filter((rule) => rule.clause === reach)
      if (same[0]) return together(same)
    }
    return undefined
  }

  /** All rules of a topic, the text's first. */
  all<T extends Topic>(topic: T): Rule<T>[] {
    return (this.#byTopic.get(topic) ?? []) as unknown as Rule<T>[]
  }
}

// Formula on one line and window on the next are one rule; the first to say something wins, and the text before the supplement.
function together<T extends Topic>(rules: Rule<T>[]): Rule<T> {
  const [first, ...rest] = rules as [Rule<T>, ...Rule<T>[]]
  if (rest.length === 0) return first
  const value = Object.assign({}, ...rules.map((rule) => rule.value ?? {}).reverse()) as Partial<TopicValue<T>>
  return Object.keys(value).length > 0 ? { ...first, value } : first
}
