import { z } from 'zod'
import { type CellReader, parseDuration, plain, type ReadClause, type Row } from '../../agreement/index.ts'
import { durationSchema } from '../schemas.ts'
import { regionIn } from './region.ts'

/** A promise about where data is, who owns it, and when it goes. */
export const residencyTerms = z.strictObject({
  promise: z.enum(['location', 'transfer', 'ownership', 'deletion', 'other']),
  text: z.string(),
  regionCode: z.string().optional().describe('as written, whether or not it exists'),
  regionName: z.string().optional().describe('the place named beside the code or alone'),
  country: z.string().length(2).optional().describe('ISO country where data must stay'),
  needsConsent: z.boolean().optional(),
  onTermination: z.boolean().optional().describe('deletion at termination'),
  afterDays: durationSchema.optional().describe('deletion after a time'),
  crossRegion: z.boolean().optional().describe('recovery or copies in another region'),
})

/** Terms of one residency clause. */
export type ResidencyTerms = z.infer<typeof residencyTerms>

type Promised = ResidencyTerms['promise']

// The order matters: "not transferred out of …" names a place too, and "deleted" data may be "customer data".
const PROMISES: [Promised, RegExp][] = [
  [
    'deletion',
    /\b(?:delet\w*|eras(?:e|es|ed|ure|ing)|destroy\w*|destruction|purg\w*|wiped?|elimina\w*|eliminen|borra\w*|borre\w*|suprim\w*|supresion|destru\w*)\b/,
  ],
  [
    'ownership',
    /\b(?:own(?:s|ed|er|ership)?|property|belongs?|title to|propiedad|propietari[oa]s?|titular(?:idad)?|pertenec\w*|duen[oa]s?)\b/,
  ],
  [
    'transfer',
    /\b(?:transfer\w*|leaves?|outside|abroad|cross-border|out of|moved|transfier\w*|fuera de|salir|salen|saldran|saldra|al extranjero|al exterior|transfronteriz\w*)\b/,
  ],
  [
    'location',
    /\b(?:process\w*|stor(?:e|ed|age|es)|resid\w*|host\w*|locat\w*|kept|held|stays?|remains?|regions?|sovereignty|proces\w*|almacen\w*|aloj\w*|ubic\w*|tratamiento|tratan|permane\w*|mantien\w*|mantendran|regiones|soberania)\b/,
  ],
]

const CONSENT = /\b(?:consent|authori[sz]ation|approval|permission|consentimiento|autorizacion|aprobacion|permiso)\b/
const TERMINATION =
  /\b(?:terminat\w*|expir\w*|end of (?:the )?(?:contract|agreement|term)|contract end|exit|termino|terminacion|terminar|fin(?:al)? del (?:contrato|convenio|acuerdo)|vencimiento|expiracion|resolucion|salida)\b/

const SETTLES =
  /^(?:this|that|it|the same|esto|ello|lo mismo) (?:also )?(?:covers?|includes?|extends? to|applies to|holds for|comprises|abarca|incluye|comprende|se extiende|cubre|rige para)\b|\b(?:(?:residency|sovereignty|residencia|soberania)\b.*\b(?:covers?|includes?|extends? to|applies to|comprises|abarca|incluye|comprende|se extiende|cubre)|consent (?:is|means|must|shall|requires|may)|(?:el )?consentimiento (?:se|es|debe|significa|lo|requiere))\b/
const PROOF =
  /\b(?:(?:certificate|proof|evidence|attestation) of (?:deletion|destruction|erasure)|(?:certificado|constancia|prueba|acta) de (?:eliminacion|borrado|destruccion|supresion)|deletion certificate)\b/

// What residency covers, how consent is given and what proves deletion are rules of the text; "data is deleted within 45 days
// and a certificate of deletion is issued" promises the deletion too.
function settlesOnly(words: string): boolean {
  return SETTLES.test(words) || (PROOF.test(words) && promiseOf(words.replace(PROOF, ' ')) !== 'deletion')
}

const CODES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })

const RECOVERS =
  /\b(?:disaster|recovery|recovers?|fail-?over|fails over|business continuity|continuity|back-?ups?|standby|replica\w*|desastres?|recuperacion|conmutacion|continuidad|contingencia|respaldos?|copias? de (?:seguridad|respaldo)|replicas?|replicacion)\b/
const ELSEWHERE =
  /\b(?:cross-? ?region|inter-? ?region|multi-? ?region|(?:another|second|other|different|secondary|separate) (?:\w+ )?region|between (?:two )?regions|across regions|two regions|entre (?:dos )?regiones|otra region|segunda region|region (?:secundaria|distinta|alterna|pareada|emparejada)|multirregion|dos regiones|interregional|paired region|geo-?redundan\w*|regiones (?:pareadas|emparejadas))/
const REFUSES = /\b(?:no|not|never|without|nunca|ningun\w*|sin)\b/

/** RSD-11: recovery or copies in another region; what is refused is none. */
function recoversElsewhere(words: string): boolean {
  const at = words.search(ELSEWHERE)
  return at >= 0 && RECOVERS.test(words) && !REFUSES.test(words.slice(0, at))
}

/** RSD-1: what a sentence promises about data; undefined when it speaks of something else. */
function promiseOf(text: string): Promised | undefined {
  const words = plain(text)
  return PROMISES.find(([, pattern]) => pattern.test(words))?.[0]
}

/** RSD-1 to RSD-4: a bullet, row or labelled line about data; undefined when it promises nothing about data. */
export function fromRow(row: Row, read: CellReader): ReadClause<ResidencyTerms> | undefined {
  const labelled = row.field !== undefined || (row.form === 'row' && row.cells.text !== undefined)
  const text = read.text(row.form === 'row' ? (row.cells.text ?? row.cells.value) : (row.cells.value ?? row.cells.text))
  if (text === undefined) return undefined
  const whole = row.form === 'row' || row.cells.value ? `${row.label.text}: ${text}` : text
  if (settlesOnly(plain(whole))) return undefined
  const promise =
    row.field && row.field !== 'other'
      ? (row.field as Promised)
      : (promiseOf(row.label.text) ?? promiseOf(text) ?? (labelled || row.form === 'item' ? 'other' : undefined))
  if (promise === undefined) return undefined
  // "An exception needs the written consent of …" says how, not where.
  if (promise === 'other' && !labelled && CONSENT.test(plain(text))) return undefined
  const crossRegion = recoversElsewhere(plain(whole))
  const terms: ResidencyTerms = {
    promise: crossRegion && promise === 'location' ? 'other' : promise,
    text: labelled || row.cells.value ? whole : text,
    ...(crossRegion ? { crossRegion } : {}),
  }
  if (promise === 'location' || promise === 'transfer' || promise === 'other')
    Object.assign(terms, regionIn(text, read))
  if (terms.promise === 'other' && terms.regionCode) terms.promise = 'location'
  details(terms, whole, read)
  const code = countryCode(text)
  if (code && (promise === 'location' || promise === 'transfer')) terms.country = code
  const { force, obligor, beneficiary } = sides(terms.promise)
  const title = row.form === 'row' || row.cells.value ? row.label.text : text.slice(0, 80)
  return { key: terms.promise === 'other' ? title : terms.promise, title, force, obligor, beneficiary, terms }
}

function details(terms: ResidencyTerms, text: string, read: CellReader): void {
  const words = plain(text)
  if (terms.promise === 'transfer' && CONSENT.test(words)) terms.needsConsent = true
  if (terms.promise !== 'deletion') return
  if (TERMINATION.test(words)) terms.onTermination = true
  const after = parseDuration(text, read.language === 'es' ? ',' : '.')
  if (after) terms.afterDays = after
}

// "CL only" — country names are resolved where facts are at hand.
function countryCode(text: string): string | undefined {
  const codes = [...text.matchAll(/(?<![\p{L}-])([A-Z]{2})(?![\p{L}-])/gu)].map((match) => match[1] ?? '')
  return codes.find((code) => !/^(?:AZ|IN|IS|AS|NO|IT|SO|TO)$/.test(code) && CODES.of(code) !== undefined)
}

function sides(promise: Promised): Pick<ReadClause<ResidencyTerms>, 'force' | 'obligor' | 'beneficiary'> {
  if (promise === 'ownership') return { force: 'statement', obligor: 'both', beneficiary: 'both' }
  if (promise === 'deletion') return { force: 'obligation', obligor: 'provider', beneficiary: 'partner' }
  return { force: 'obligation', obligor: 'both', beneficiary: 'both' }
}
