import { z } from 'zod'
import { type CellReader, plain, type ReadClause, type Row } from '../../agreement/index.ts'

/** An infrastructure standard with its requirement and declared status. */
export const standardTerms = z.strictObject({
  standard: z.string(),
  subject: z.enum(['availability-zone', 'disaster-recovery', 'data-residency', 'encryption', 'backup', 'other']),
  requirement: z.string(),
  status: z.enum(['compliant', 'partial', 'non-compliant', 'planned']).optional(),
  country: z.string().length(2).optional().describe('ISO country of a data-residency requirement'),
  crossRegion: z.boolean().optional().describe('the requirement spans regions'),
})

/** Terms of one standard clause. */
export type StandardTerms = z.infer<typeof standardTerms>

type Subject = StandardTerms['subject']
type Status = NonNullable<StandardTerms['status']>

const SUBJECTS: [Subject, RegExp][] = [
  [
    'data-residency',
    /\b(?:data residency|residency|residencia|(?:data )?locali[sz]ation of data|data locali[sz]ation|data location|locali[sz]acion de (?:los )?datos|ubicacion de (?:los )?datos|sovereignty|soberania|data must stay|datos permanecen)\b/,
  ],
  [
    'disaster-recovery',
    /\b(?:disaster recovery|disaster|dr|recovery site|business continuity|failover|recuperacion (?:ante|de|frente a) desastres|desastres?|continuidad (?:del negocio|operacional|operativa)|contingencia)\b/,
  ],
  ['backup', /\b(?:back-?ups?|backing up|respaldos?|copias? de (?:seguridad|respaldo))\b/],
  [
    'encryption',
    /\b(?:encryption|encrypted|cryptograph\w*|cifrad[oa]s?|encriptacion|criptograf\w*|aes(?:-?\d+)?|tls|key management|gestion de claves)\b/,
  ],
  [
    'availability-zone',
    /\b(?:availability zones?|availability domains?|fault domains?|multi-?az|zones?|high availability|redundancy|zonas? de disponibilidad|dominios? de (?:disponibilidad|falla)|zonas?|alta disponibilidad|redundancia|multizona)\b/,
  ],
]

const STATES: [Status, RegExp][] = [
  [
    'non-compliant',
    /\b(?:non-?compliant|not (?:compliant|met|fulfilled|in compliance|implemented)|fails?|failed|gap|no cumple|incumple|no conforme|no cumplid[oa]|incumplid[oa]|no implementad[oa]|disconforme)\b|^(?:no|✗|✘|❌)$/,
  ],
  [
    'partial',
    /\b(?:partial(?:ly)?(?: compliant)?|in progress|ongoing|under ?way|parcial(?:mente)?|en curso|en progreso|en implementacion|en proceso)\b/,
  ],
  [
    'planned',
    /\b(?:planned|pending|scheduled|roadmap|planificad[oa]|pendiente|previst[oa]|programad[oa]|por implementar)\b/,
  ],
  [
    'compliant',
    /\b(?:compliant|complies|in compliance|compliance confirmed|conforms|met|fulfilled|satisfied|implemented|in place|in force|complete|completed|enabled|active|verified|yes|cumple|cumplid[oa]|en cumplimiento|conforme|satisfech[oa]|implementad[oa]|completad[oa]|habilitad[oa]|activ[oa]|vigente|verificad[oa]|si)\b|^(?:✓|✔|✅|☑)/,
  ],
]

const CROSS_REGION =
  /\b(?:cross-? ?region|inter-? ?region|multi-? ?region|(?:another|second|other|different|secondary|separate) (?:\w+ )?region|between regions|across regions|two regions|entre regiones|otra region|segunda region|region secundaria|region distinta|region alterna|multirregion|dos regiones|interregional|paired region|geo-?redundan\w*|region (?:pareada|emparejada)|regiones (?:pareadas|emparejadas))/

const CODES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

/** STD-3: what declared words say of a requirement; undefined when they say nothing known. */
function statusOf(text: string): Status | undefined {
  const words = plain(text)
  return STATES.find(([, pattern]) => pattern.test(words))?.[0]
}

/** STD-2: what a standard is about, by its name first and by its requirement else. */
function subjectOf(name: string, requirement: string): Subject {
  for (const text of [plain(name), plain(requirement)]) {
    const found = SUBJECTS.find(([, pattern]) => pattern.test(text))
    if (found) return found[0]
  }
  return 'other'
}

// "CL only": a code of two capitals; AZ stands for availability zone here, and not for Azerbaijan.
function countryCode(text: string): string | undefined {
  const codes = [...text.matchAll(/(?<![\p{L}-])([A-Z]{2})(?![\p{L}-])/gu)].map((match) => match[1] ?? '')
  return codes.find((code) => !/^(?:AZ|IN|IS|AS|NO|IT|SO|TO)$/.test(code) && CODES.of(code) !== undefined)
}

/** STD-1: a row, or a bullet under an announcing heading; undefined when it names no requirement. */
export function fromRow(row: Row, read: CellReader): ReadClause<StandardTerms> | undefined {
  const parts = row.form === 'row' && !row.field ? ofRow(row, read) : ofLine(row, read)
  if (!parts) return undefined
  const { standard, requirement, state } = parts
  const terms: StandardTerms = { standard, subject: subjectOf(standard, requirement), requirement }
  const status = state === undefined ? undefined : statusOf(state)
  if (status) terms.status = status
  const country = terms.subject === 'data-residency' ? countryCode(requirement) : undefined
  if (country) terms.country = country
  if (CROSS_REGION.test(plain(`${standard} ${requirement}`))) terms.crossRegion = true
  const key = terms.subject === 'other' ? standard : terms.subject
  return { key, title: standard, force: 'obligation', obligor: 'partner', beneficiary: 'both', terms }
}

interface Parts {
  standard: string
  requirement: string
  state?: string
}

function ofRow(row: Row, read: CellReader): Parts | undefined {
  const standard = read.text(row.cells.standard)
  const requirement = read.text(row.cells.requirement)
  if (standard === undefined || (requirement === undefined && !row.cells.status)) return undefined
  const state = row.cells.status?.text
  return { standard, requirement: requirement ?? '', ...(state ? { state } : {}) }
}

// "Encryption: AES-256 (compliant)", "Data residency: Chile only – in compliance".
function ofLine(row: Row, read: CellReader): Parts | undefined {
  const value = read.text(row.cells.value)
  const text = value ?? read.text(row.cells.text)
  if (text === undefined) return undefined
  // A responsibility or a person beside such a name is another kind's business.
  if (value && (read.mark(row.cells.value) !== undefined || read.side(row.cells.value) !== undefined)) return undefined
  const cut = /^(.*?)[\s(,;–—-]+\(?((?:[^(),;–—]|(?<=\p{L})-(?=\p{L}))+)\)?\.?$/u.exec(text)
  const state = cut?.[1] && cut[2] && statusOf(cut[2]) ? cut[2].trim() : undefined
  const requirement = state ? (cut?.[1] ?? '').replace(/[\s(,;–—-]+$/, '') : text
  if (value === undefined) {
    if (row.form !== 'item' || subjectOf(text, '') === 'other') return undefined
    return { standard: text, requirement, ...(state ? { state } : {}) }
  }
  return { standard: row.label.text, requirement, ...(state ? { state } : {}) }
}
