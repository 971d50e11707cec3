import { type Clause, findPer, plain } from '../../agreement/index.ts'
import { type CertificationTerms, certification } from '../../clauses/certification/index.ts'
import { partnerTier } from '../../clauses/partner-tier/index.ts'
import { type TrainingTerms, training } from '../../clauses/training/index.ts'
import type { Certificate, CertificateMatch, Fact, ProviderId, Source } from '../../facts/index.ts'
import {
  decimal,
  exact,
  isIsoDate,
  type Message,
  message,
  type Param,
  type TraceNode,
  trace,
} from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { byTable, cellOf, columnOf, placeOf, remarksOf, saidBeside } from '../tables.ts'

type Certification = Clause<CertificationTerms>

/** PPL-1: a target that the present holders exceed already. */
export function targetBelowHolders(context: CheckContext): Draft[] {
  return context.clauses(certification).flatMap((clause): Draft[] => {
    const { holders, target, certificate } = clause.terms
    if (holders === undefined || target === undefined || decimal(target).gte(holders)) return []
    if (
      /^\s*\+|more|additional|further|new\b|adicional|nuev[oa]s|mas\b/.test(plain(cellOf(clause, 'target')?.text ?? ''))
    )
      return []
    const params = { certificate, target: { decimal: target }, holders: { decimal: holders } }
    const related = [{ span: placeOf(clause, 'holders'), label: 'holders', params }]
    return [{ at: placeOf(clause, 'target'), clause: clause.id, params, related }]
  })
}

/** The provider whose certificate a name speaks of: named in it, or the agreement's when it names one of its services. */
function providerIn(text: string, context: CheckContext): ProviderId | undefined {
  const { facts } = context
  const named = facts.providersIn(text)[0]?.value.id
  if (named) return named
  const own = providerOf(context)
  return own && facts.servicesIn(text, own).length > 0 ? own : undefined
}

function providerOf(context: CheckContext): ProviderId | undefined {
  const name = context.agreement.parties.find((party) => party.side === 'provider')?.name ?? ''
  return (context.facts.providerNamed(name) ?? context.facts.providersIn(name)[0]?.value)?.id
}

/** PPL-2: a name that the provider's list of certificates does not have. Other issuers' certificates are not ours to know. */
export function certificateUnknown(context: CheckContext): Draft[] {
  return context.clauses(certification).flatMap((clause): Draft[] => {
    const { certificate, total } = clause.terms
    const provider = total ? undefined : providerIn(certificate, context)
    if (!provider) return []
    const fact = context.facts.certificateNamed(certificate, provider, context.asOf)
    if (fact.status !== 'absent') return []
    const node = factOf(message('people/certificate-unknown', { certificate }), clause, fact.source)
    return [{ at: placeOf(clause, 'certificate'), clause: clause.id, params: { certificate }, trace: node }]
  })
}

/** PPL-3: a certificate that nobody can earn any more at the as-of date. */
export function certificateRetired(context: CheckContext): Draft[] {
  return context.clauses(certification).flatMap((clause): Draft[] => {
    const { certificate } = clause.terms
    const fact = certificateFact(certificate, context)
    if (fact?.status !== 'known' || fact.value.status !== 'retired') return []
    const names = fact.value.certificates.map((each) => each.name)
    const dates = fact.value.certificates.map((each) => each.retired ?? '').sort()
    const params = { certificate, name: names, date: dateParam(dates.at(-1) ?? '') }
    const node = factOf(message('people/certificate-retired', params), clause, fact.source)
    return [{ at: placeOf(clause, 'certificate'), clause: clause.id, params, trace: node }]
  })
}

function factOf(label: Message, clause: Clause, { title, url, readOn }: Source): TraceNode {
  return trace('fact', label, { span: clause.span, source: { title, readOn, ...(url ? { url } : {}) } })
}

function certificateFact(certificate: string, context: CheckContext): Fact<CertificateMatch> | undefined {
  const provider = providerIn(certificate, context) ?? providerOf(context)
  return provider && context.facts.certificateNamed(certificate, provider, context.asOf)
}

// A retirement known only to the month or the year is shown as it is known.
function dateParam(date: string): Param {
  return isIsoDate(date) ? { date } : date
}

/** PPL-4: even if every certificate had its own holder there would be fewer people than the tier asks for. */
export function tierMinimum(context: CheckContext): Draft[] {
  const provider = providerOf(context)
  const tiers = context.clauses(partnerTier).filter((clause) => clause.terms.aspect === 'tier')
  if (!provider || tiers.length === 0) return []
  const rows = context.clauses(certification).filter((clause) => !clause.terms.total && isTechnical(clause, context))
  if (rows.length === 0 || rows.some((clause) => clause.terms.holders === undefined)) return []
  const held = rows.reduce((sum, clause) => sum.plus(clause.terms.holders ?? '0'), decimal(0))
  return tiers.flatMap((clause): Draft[] => {
    const fact = [clause.terms.text, ...clause.terms.items]
      .map((name) => context.facts.partnerTier(provider, name, context.asOf))
      .find((each) => each.status === 'known')
    if (fact?.status !== 'known') return []
    const asked = fact.value.minimums.technicalCertified
    if (held.gte(asked)) return []
    const params = { tier: clause.terms.text, asked, held: { decimal: held.toString() } }
    const related = rows.map((row) => ({
      span: placeOf(row, 'holders'),
      label: 'holders',
      params: { certificate: row.terms.certificate, holders: { decimal: row.terms.holders ?? '0' } },
    }))
    const node = factOf(message('people/tier-minimum', params), clause, fact.source)
    return [{ at: placeOf(clause, 'value', 'text'), clause: clause.id, params, related, trace: node }]
  })
}

function isTechnical(clause: Certification, context: CheckContext): boolean {
  const fact = certificateFact(clause.terms.certificate, context)
  const known: readonly Certificate[] = fact?.status === 'known' ? fact.value.certificates : []
  return known.length === 0 || known.some((each) => each.level !== 'foundational')
}

const COUNTS =
  /\b(?:people|persons?|employees?|staff|engineers?|individuals?|headcount|professionals|certificates|certifications held|credentials|personas?|empleados|trabajadores|profesionales|ingenier[oa]s|colaboradores|certificados (?:vigentes|emitidos|obtenidos)|credenciales)\b/

/** PPL-5: whether somebody with two certificates counts once or twice is not said; one finding per table. */
export function personsOrCertificates(context: CheckContext): Draft[] {
  const isSaidBeside = saidBeside(context.agreement, (text) => COUNTS.test(plain(text)))
  return byTable(context.agreement, context.clauses(certification)).flatMap((table): Draft[] => {
    const first = table.clauses.find((clause) => clause.terms.holders !== undefined && !clause.terms.total)
    if (!first || context.rules.find('holder-rule', first.id) || isSaidBeside(first)) return []
    const column = columnOf(table, 'holders')
    const texts = [column?.text, first.section.at(-1)]
    const inLine =
      table.columns.length === 0 ? table.clauses.map((each) => each.cells.map((cell) => cell.text).join(' ')) : []
    if ([...texts, ...inLine].some((text) => COUNTS.test(plain(text ?? '')))) return []
    return [{ at: column?.span ?? placeOf(first, 'holders'), clause: first.id, params: {} }]
  })
}

/** PPL-6: a training budget without the period that it is for; one finding per table, at its column when all rows lack it. */
export function trainingPeriodMissing(context: CheckContext): Draft[] {
  const isSaidBeside = saidBeside(context.agreement, saysPeriod)
  return byTable(context.agreement, context.clauses(training)).flatMap((table): Draft[] => {
    const rows = table.clauses.filter((clause) => clause.terms.budget && !clause.terms.total)
    const column = columnOf(table, 'budget')
    const open = rows.filter((clause) => !isSaidBeside(clause) && !hasPeriod(clause, context, column?.text))
    const [first] = open
    if (!first?.terms.budget) return []
    const at = open.length === rows.length && column ? column.span : placeOf(first, 'budget')
    const others = open.filter((each) => each !== first || at.line !== first.span.line)
    const params = { training: first.terms.training, amount: exact(first.terms.budget), count: open.length }
    const related = others.map((each) => ({ span: each.span, label: 'row', params: { name: each.title } }))
    return [{ at, clause: first.id, params, related }]
  })
}

const BOUNDED =
  /\b(?:19|20)\d{2}\b|\b(?:one-?off|one-?time|once|lump sum|per (?:person|head|course|year|quarter|month)|(?:whole|full|entire|over the|for the|during the) (?:term|period|agreement)|por (?:persona|curso|una vez|unica vez)|una sola vez|(?:toda la|durante la) vigencia)\b/

function saysPeriod(text: string): boolean {
  return findPer(text) !== undefined || BOUNDED.test(plain(text))
}

function hasPeriod(clause: Clause<TrainingTerms>, context: CheckContext, column = ''): boolean {
  if (clause.terms.budget?.per || context.rules.find('fund-period', clause.id)) return true
  if (/\p{L}/u.test(cellOf(clause, 'period')?.text ?? '')) return true
  const { delivery = '' } = clause.terms
  const own = [cellOf(clause, 'budget')?.text ?? '', delivery, ...remarksOf(clause).map((cell) => cell.text)]
  return [column, clause.section.at(-1) ?? '', ...own].some(saysPeriod)
}
