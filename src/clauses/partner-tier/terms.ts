import { z } from 'zod'
import { type CellReader, plain, plainLabel, type ReadClause, type Row } from '../../agreement/index.ts'

/** The partner's standing in the provider's programme: tier, specialisations, competencies, benefits. */
export const partnerTierTerms = z.strictObject({
  aspect: z.enum(['tier', 'specialisations', 'competencies', 'benefits', 'other']),
  text: z.string(),
  items: z.array(z.string()),
})

/** Terms of one partner-tier clause. */
export type PartnerTierTerms = z.infer<typeof partnerTierTerms>

type Aspect = PartnerTierTerms['aspect']

const ASPECTS: { aspect: Aspect; words: RegExp }[] = [
  {
    aspect: 'specialisations',
    words:
      /\b(speciali[sz]ations?|specialt(y|ies)|specialit(y|ies)|solution areas?|expertise|especializacion(es)?|especialidad(es)?|areas de solucion)\b/,
  },
  {
    aspect: 'competencies',
    words:
      /\b(competenc(y|ies|es)|competencias?|validations?|validaciones|designations?|designaciones|service delivery)\b/,
  },
  { aspect: 'benefits', words: /\b(benefits?|entitlements?|advantages|beneficios?|ventajas)\b/ },
  { aspect: 'tier', words: /\b(tier|level|status|nivel|categoria|rango|estatus|membership|membresia)\b/ },
]
const ABOUT_PARTNERS =
  /\b(partner\w*|tier|socio|socios|nivel|programme|program|programa|alliance|alianza|asociacion|membres\w+|competenc\w+|designa\w+)\b/
// Words that also label other things; they count only where the headings speak of the partner's standing.
const BARE = new Set([
  'tier',
  'level',
  'nivel',
  'categoria',
  'designation',
  'designaciones',
  'expertise',
  'benefits',
  'beneficios',
  'advantages',
  'ventajas',
  'entitlements',
])

/** PTR-1: a line, bullet or row about the partner's standing; undefined when it is none. */
export function fromRow(row: Row, read: CellReader): ReadClause<PartnerTierTerms>[] | undefined {
  if (row.form === 'row' && row.cells.tier) return tableRow(row, read)
  const under = row.section.some((heading) => ABOUT_PARTNERS.test(plain(heading)))
  const label = plainLabel(row.label.text)
  if (row.field !== undefined) {
    const aspect = ASPECTS.find((each) => each.aspect === row.field)?.aspect
    if (!aspect || !row.cells.value || (BARE.has(label) && !under)) return undefined
    return [clauseOf(aspect, row.label.text, row.cells.value.text, read.list(row.cells.value))]
  }
  const { value, text } = row.cells
  if (value && row.all.length > 1) {
    const aspect = aspectOf(label) ?? (under ? 'other' : undefined)
    return aspect && [clauseOf(aspect, row.label.text, value.text, read.list(value))]
  }
  const said = text?.text ?? row.label.text
  // A bold word such as "Benefits" heads the bullets that follow.
  if (aspectOf(plainLabel(said)) && said.split(/\s+/).length <= 3 && !/partner$/i.test(said)) return undefined
  return loose(said, row, read)
}

function loose(said: string, row: Row, read: CellReader): ReadClause<PartnerTierTerms>[] | undefined {
  const parent = aspectOf(plainLabel(row.section.at(-1) ?? ''))
  if (row.form === 'item' && parent && parent !== 'tier') return [clauseOf(parent, said, said, [said])]
  // Only short words and what names a tier or an aspect is about the standing; a sentence of duties is not.
  if (!tierIn(said) && (/\b(shall|must|will|debera\w*|debe\w*)\b/.test(plain(said)) || said.split(/\s+/).length > 12))
    return undefined
  const aspect = tierIn(said) ? 'tier' : (aspectOf(plain(said)) ?? 'other')
  const items =
    aspect === 'tier'
      ? [said]
      : read.list({ ...row.label, text: said.replace(/^.*?\b(?:in|are|include|en|son|incluyen)\b:?\s+/i, '') })
  return [clauseOf(aspect, said, said, items)]
}

function tableRow(row: Row, read: CellReader): ReadClause<PartnerTierTerms>[] {
  const { tier, specialisations, competencies, benefits } = row.cells
  const parts = { tier, specialisations, competencies, benefits }
  return Object.entries(parts).flatMap(([aspect, cell]) =>
    cell && cell.text.trim() !== ''
      ? [
          clauseOf(
            aspect as Aspect,
            cell.column || cell.text,
            cell.text,
            aspect === 'tier' ? [cell.text] : read.list(cell),
          ),
        ]
      : [],
  )
}

function tierIn(text: string): boolean {
  return /\b(partner|socio|tier|nivel)\b/.test(plain(text)) && text.split(/\s+/).length <= 8
}

function aspectOf(words: string): Aspect | undefined {
  return ASPECTS.find((each) => each.words.test(words))?.aspect
}

function clauseOf(aspect: Aspect, label: string, text: string, items: string[]): ReadClause<PartnerTierTerms> {
  const key = aspect === 'other' ? label : aspect
  const title = label.length > 60 ? `${label.slice(0, 57)}…` : label
  const sides = aspect === 'benefits' ? (['provider', 'partner'] as const) : (['partner', 'provider'] as const)
  const terms: PartnerTierTerms = { aspect, text, items }
  return { key, title, force: 'statement', obligor: sides[0], beneficiary: sides[1], terms }
}
