import { type Clause, plain } from '../../agreement/index.ts'
import { type DefinitionTerms, definition } from '../../clauses/definition/index.ts'
import { hitsOf, passagesOf } from '../passages.ts'
import type { Check, CheckContext, Draft } from '../room.ts'

type Definition = Clause<DefinitionTerms>

/** Words without plural endings, so that "Eligible Spends" uses "Eligible Spend". */
function stems(text: string): string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => (word.length > 4 ? word.replace(/s$/, '').replace(/e$/, '') : word))
}

/** Defined terms by their first word, so that a text is walked once however many terms there are. */
function termIndex(definitions: readonly Definition[]): Map<string, { stems: string[]; clause: Definition }[]> {
  const index = new Map<string, { stems: string[]; clause: Definition }[]>()
  for (const clause of definitions) {
    const own = stems(clause.terms.term)
    const [first] = own
    if (!first) continue
    const same = index.get(first)
    if (same) same.push({ stems: own, clause })
    else index.set(first, [{ stems: own, clause }])
  }
  return index
}

/** TXT-6: terms that nothing outside their own definition uses. */
export const unusedTerm: Check = (context) => {
  const definitions = context.clauses(definition)
  if (definitions.length === 0) return []
  const index = termIndex(definitions)
  const used = new Set<string>()
  for (const passage of passagesOf(context.agreement)) {
    const words = stems(passage.text)
    words.forEach((word, at) => {
      for (const term of index.get(word) ?? [])
        if (passage.clause !== term.clause && term.stems.every((stem, next) => words[at + next] === stem))
          used.add(term.stems.join(' '))
    })
  }
  return definitions
    .filter((clause) => !used.has(stems(clause.terms.term).join(' ')))
    .map((clause) => ({ at: placeOfTerm(clause), clause: clause.id, params: { term: clause.terms.term } }))
}

function placeOfTerm(clause: Definition): Draft['at'] {
  return clause.places.term ?? clause.places.label ?? clause.span
}

/** TXT-7: one term with two meanings. */
export const twiceDefined: Check = (context) => {
  const first = new Map<string, Definition>()
  return context.clauses(definition).flatMap((clause): Draft[] => {
    const key = stems(clause.terms.term).join(' ')
    const before = first.get(key)
    if (!before) {
      first.set(key, clause)
      return []
    }
    if (sameMeaning(before.terms.meaning, clause.terms.meaning)) return []
    return [
      {
        at: clause.span,
        clause: clause.id,
        params: { term: clause.terms.term },
        related: [{ span: before.span, label: 'first' }],
        operands: [plain(clause.terms.meaning).slice(0, 60)],
      },
    ]
  })
}

function sameMeaning(a: string, b: string): boolean {
  return (
    plain(a)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim() ===
    plain(b)
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim()
  )
}

const QUOTED = /[“"«]\s*(\p{Lu}[\p{L}\p{N}'’-]*(?:\s+[\p{L}\p{N}'’-]+){0,5})\s*[”"»]/gu
const ARTICLE =
  /(?<!\p{L})(?:[Tt]he|[Ee]ach|[Aa]ny|[Aa]n?|[Ss]uch|[Ee]l|[Ll]as?|[Ll]os|[Dd]el|[Aa]l|[Cc]ada|[Uu]na?)\s+((?:\p{Lu}\p{Ll}[\p{L}'’-]*\s+(?:de\s+|of\s+)?){1,3}\p{Lu}\p{Ll}[\p{L}'’-]*)/gu
// "(the “Partner”)", "“X” means": the term is defined where it stands.
const DEFINED_HERE = /(?:means|significa|se entiende|se refiere a|shall mean|is defined as)/i
const IN_BRACKETS = /\(\s*(?:(?:hereinafter|en adelante|the|el|la|los|las|collectively|conjuntamente)[\s,]*)*$/i

/**
 * TXT-5: terms that look defined and are not; only in a document that defines terms. A term counts that stands in quotation
 * marks, or as two or more capitalised words after an article, and that no heading, label, party or fact explains.
 */
export const undefinedTerm: Check = (context) => {
  const definitions = context.clauses(definition)
  if (definitions.length === 0) return []
  const explained = explainedTerms(context)
  const drafts: Draft[] = []
  for (const pattern of [QUOTED, ARTICLE]) {
    for (const { passage, match, at } of hitsOf(context.agreement, pattern)) {
      const term = match[1] ?? ''
      if (!passage.clause || passage.clause.kind === 'definition' || passage.cell?.column) continue
      const [before, after] = [passage.text.slice(0, match.index), passage.text.slice(match.index + match[0].length)]
      if (pattern === QUOTED && (IN_BRACKETS.test(before) || DEFINED_HERE.test(after.slice(0, 30)))) continue
      const key = stems(term).join(' ')
      if (explained.has(key) || isName(context, term)) continue
      explained.add(key)
      drafts.push({ at, clause: passage.clause.id, params: { term }, operands: [key] })
    }
  }
  return drafts
}

// What is named by a heading, a column or a label of the document is explained there.
function explainedTerms(context: CheckContext): Set<string> {
  const terms = context.clauses(definition).map((clause) => clause.terms.term)
  const labels = passagesOf(context.agreement)
    .filter(({ heading, clause, cell, text }) => {
      const label =
        heading !== undefined || cell?.column || (clause?.cells[0] === cell && (clause?.cells.length ?? 0) > 1)
      return label && text.length <= 80
    })
    .map(({ text }) => text.replace(/^[\d.\s]+/, ''))
  const quoted = hitsOf(context.agreement, QUOTED).flatMap(({ passage, match }) => {
    const here = IN_BRACKETS.test(passage.text.slice(0, match.index))
    return here || DEFINED_HERE.test(passage.text.slice(match.index, match.index + match[0].length + 30))
      ? [match[1] ?? '']
      : []
  })
  return new Set([...terms, ...labels, ...quoted].map((text) => stems(text).join(' ')))
}

function isName({ agreement, facts, asOf }: CheckContext, term: string): boolean {
  const bare = plain(term)
  if (agreement.parties.some((party) => party.aliases.some((alias) => bare.includes(alias) || alias.includes(bare))))
    return true
  if (facts.providersIn(term).length > 0 || facts.servicesIn(term).length > 0 || facts.countriesIn(term).length > 0)
    return true
  return facts.standardNamed(term, asOf).status === 'known' || facts.regionsNamed(term).length > 0
}
