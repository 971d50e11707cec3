import type { IsoDate, Span } from '../language/index.ts'
import type { Agreement } from './clause.ts'
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

/** What an agreement's text and supplement settle, by topic. The text wins; a disagreement is a check's business. */
export class RuleBook {
  readonly #byTopic = new Map<string, Rule[]>()

  constructor(agreement: Agreement, supplement?: Supplement) {
    const text = agreement.clauses
      .filter((clause) => clause.kind === 'rule')
      .map((clause): Rule => {
        const terms = clause.terms as { topic: Topic; clause?: string; statement: string; value?: object }
        const rule: Rule = { topic: terms.topic, statement: terms.statement, span: clause.span, from: 'text' }
        if (terms.value) rule.value = terms.value
        if (terms.clause) rule.clause = terms.clause
        return rule
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
    const own = clause === undefined ? undefined : rules.find((rule) => rule.clause === clause)
    const kind = clause?.split('/')[0]
    return (
      own ??
      rules.find((rule) => rule.clause !== undefined && rule.clause === kind) ??
      rules.find((rule) => rule.clause === undefined)
    )
  }

  /** All rules of a topic, the text's first. */
  all<T extends Topic>(topic: T): Rule<T>[] {
    return (this.#byTopic.get(topic) ?? []) as unknown as Rule<T>[]
  }
}
