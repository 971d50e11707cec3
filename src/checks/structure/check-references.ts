import { type Agreement, plain } from '../../agreement/index.ts'
import { type Hit, hitsOf } from '../passages.ts'
import type { Check, CheckContext, Draft } from '../room.ts'
import { numberedHeadings } from './check-numbering.ts'

const SECTION_WORDS = 'sections?|clauses?|paragraphs?|secci[óo]n(?:es)?|cl[áa]usulas?|apartados?|numeral(?:es)?|§{1,2}'
// An article is more often one of a law than of an agreement; it counts where the agreement's headings are articles.
const ARTICLE_WORDS = 'articles?|art[íi]culos?|arts?\\.'
const ANNEX_WORDS = 'annex(?:es)?|appendix|appendices|anexos?|ap[ée]ndices?'
// In small letters these are everyday words: "AWS schedules 2 workshops".
const NAMED_ANNEX_WORDS = 'Schedule|Exhibit|Attachment|Adjunto'

const NUMBER = '\\d{1,2}(?:\\.\\d{1,3})*'
const NUMBERS = `(${NUMBER}(?:(?:\\s*,\\s*|\\s+(?:and|or|to|y|o|a|e)\\s+|\\s*[-–]\\s*)${NUMBER})*)(?![\\d%]|\\.\\d|\\s*%)`
// What is numbered in a law, a standard or another contract is none of this document's numbers.
const OWN = '(?:this|these|the present|the (?:[Aa]greement|[Cc]ontract))\\b'
const OTHER_TEXT =
  '\\p{Lu}|\\d|ley|c[óo]digo|reglamento|(?:contrato|acuerdo|convenio) (?:marco|maestro)|decreto|norma|directiva'
const ELSEWHERE = new RegExp(
  `^\\s*(?:\\([a-z0-9]+\\)\\s*)?(?:,\\s*)?(?:(?:of|to|under)\\s+(?!${OWN})\\S|(?:de(?: la| los| las)?|del)\\s+(?:${OTHER_TEXT})|[A-Z]{3,}\\b|controls?\\b|controles\\b)`,
  'u',
)
const PRESENT = /^\s*(?:del|de la)\s+(?:Convenio|Contrato|Acuerdo)(?!\s+(?:[Mm]arco|[Mm]aestro))/u
const LAW_BEFORE =
  /(?:GDPR|RGPD|ISO(?:\/IEC)?\s?\d+(?::\d+)?|Act|Law|Ley|Code|Código|Reglamento|Regulation)[^.;]{0,25}$/u

interface Reference {
  hit: Hit
  word: string
  target: string
}

/** STR-9: references to sections, clauses and annexes that the document does not have. */
export const danglingReference: Check = (context) => [...sectionDrafts(context), ...annexDrafts(context)]

function isElsewhere({ passage, match }: Hit): boolean {
  const after = passage.text.slice(match.index + match[0].length)
  if (LAW_BEFORE.test(passage.text.slice(0, match.index))) return true
  return !PRESENT.test(after) && ELSEWHERE.test(after)
}

function sectionDrafts({ agreement }: CheckContext): Draft[] {
  const headings = numberedHeadings(agreement)
  const articles = headings.some(({ heading }) => /^art/i.test(heading.text))
  const words = articles ? `${SECTION_WORDS}|${ARTICLE_WORDS}` : SECTION_WORDS
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${words})\\s*${NUMBERS}`, 'giu')
  const hits = hitsOf(agreement, pattern).filter((hit) => !isDefinition(hit) && !isElsewhere(hit))
  if (hits.length === 0) return []
  const known = new Set([...headings.map(({ numbers }) => numbers.join('.')), ...numbersInLines(agreement)])
  return references(hits, NUMBER)
    .filter(({ target }) => !known.has(target.replace(/(^|\.)0+(?=\d)/g, '$1')))
    .map(draftOf)
}

// "Section 4: Prices" as a heading, or "Clause 7" as the first words of a line, is what others refer to.
function isDefinition({ passage, match }: Hit): boolean {
  if (match.index !== 0) return false
  if (passage.heading) return true
  const cells = passage.clause?.cells ?? []
  const after = passage.text.slice(match[0].length)
  return passage.cell === cells[0] && (cells.length > 1 || /^\s*(?:$|[:.)(–—-])/.test(after))
}

// "Annex A: tariffs. Annex B: plan." lists what there is, wherever it stands.
function isListed({ passage, match }: Hit): boolean {
  const before = passage.text.slice(0, match.index)
  const after = passage.text.slice(match.index + match[0].length)
  return /(?:^|[.;,]\s+)$/.test(before) && /^\s*(?::|[–—-]\s|\([^)]+\)\s*(?:[.;,]|$))\s*\S/u.test(after)
}

function references(hits: readonly Hit[], target: string): Reference[] {
  return hits.flatMap((hit) =>
    [...(hit.match[2] ?? '').matchAll(new RegExp(target, 'gu'))].map((found) => ({
      hit,
      word: hit.match[1] ?? '',
      target: found[0],
    })),
  )
}

function draftOf({ hit, word, target }: Reference): Draft {
  const clause = hit.passage.clause
  return {
    at: hit.at,
    ...(clause ? { clause: clause.id } : {}),
    params: { reference: `${word} ${target}` },
    operands: [plain(word), target],
  }
}

/** Numbers that stand at the beginning of a line, a bullet or a table row, alone and under the heading above them. */
function numbersInLines({ lines }: Agreement): Set<string> {
  const numbers = new Set<string>()
  let above = ''
  for (const line of lines) {
    const match =
      /^[\s>|*+_-]*(#{1,6}\s+)?[*_]*(?:(?:section|clause|article|sección|cláusula|artículo)\s+)?(\d{1,2}(?:\.\d{1,3})*)[.)]?[*_:\s|]/iu.exec(
        line,
      )
    const number = match?.[2]
    if (/^\s*#/.test(line)) above = number ?? ''
    if (!number) continue
    numbers.add(number)
    if (above && !match?.[1]) numbers.add(`${above}.${number}`)
  }
  return numbers
}

const LABEL = '[A-Z](?![\\p{L}\\p{N}])|[IVX]{1,5}(?![\\p{L}\\p{N}])|\\d{1,2}(?![\\p{N}%])'

function annexDrafts({ agreement }: CheckContext): Draft[] {
  const capital = ANNEX_WORDS.replace(
    /(^|\|)(\p{Ll})/gu,
    (_, bar: string, letter: string) => bar + letter.toUpperCase(),
  )
  const words = `${ANNEX_WORDS}|${capital}|ANEXO|ANNEX|APPENDIX|APÉNDICE|SCHEDULE|EXHIBIT|${NAMED_ANNEX_WORDS}`
  const labels = `((?:${LABEL})(?:(?:\\s*,\\s*|\\s+(?:and|or|to|y|o|a|e)\\s+)(?:${LABEL}))*)`
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(${words})\\s+(?:N[°º]\\s*)?${labels}`, 'gu')
  const hits = hitsOf(agreement, pattern)
  const names = (hit: Hit) => isDefinition(hit) || isListed(hit)
  const listed = new Set(hits.filter(names).flatMap((hit) => references([hit], LABEL).map(({ target }) => target)))
  for (const label of listedUnderHeading(agreement)) listed.add(label)
  return references(
    hits.filter((hit) => !names(hit) && !isElsewhere(hit)),
    LABEL,
  )
    .filter((reference) => !listed.has(reference.target))
    .map(draftOf)
}

/** Labels in the first cells below a heading such as "Annexes" or "Anexos". */
function listedUnderHeading(agreement: Agreement): string[] {
  const title = new RegExp(
    `^(?:\\d[\\d.]*\\s+)?(?:list of |lista de )?(?:${ANNEX_WORDS}|schedules|exhibits|attachments|adjuntos)$`,
    'iu',
  )
  return agreement.clauses.flatMap((clause) => {
    const heading = plain(clause.section.at(-1) ?? '').replace(/[.:]$/, '')
    if (!title.test(heading)) return []
    const label = /^([A-Z]|\d{1,2}|[IVX]{1,5})(?![\p{L}\p{N}])/u.exec(clause.cells[0]?.text ?? '')?.[1]
    return label ? [label] : []
  })
}
