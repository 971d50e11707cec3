import { findingPages } from '../../../checks/registry.ts'
import { decimal } from '../../../language/index.ts'
import { csvText } from '../../../reports/index.ts'
import { counts } from '../../../standing/index.ts'
import { type BoundRoute, bound, CsvAnswer, whoOf } from '../../asked.ts'
import { holdsWords, pageOfList, wordsOf } from '../../pages-of.ts'
import { fileName, findingShape, redlineShape, seenBy, spanShape } from '../../shown.ts'
import { viewOf } from '../standing/index.ts'
import { familyOf } from '../standing/lines.ts'
import { blocksOf } from './blocks.ts'
import { agreementContracts } from './contract.ts'

const getAgreement = bound(agreementContracts.getAgreement, async (asked) => {
  const { services, dates, speak } = asked
  const { scope } = whoOf(asked)
  const view = await viewOf(asked)
  const { agreement } = view.opened
  const pages = findingPages()
  const findings = await services.desk.findings(dates)
  const inText = view.standing.lines
    .filter(({ clause }) => clause.span.file === agreement.file)
    .sort((a, b) => a.clause.span.line - b.clause.span.line || a.clause.span.column - b.clause.span.column)
  return {
    id: agreement.id,
    title: agreement.title,
    language: agreement.language,
    file: fileName(agreement.file),
    asOf: dates.asOf,
    blocks: blocksOf(agreement.lines, agreement.file),
    clauses: inText.map(({ clause, judgement }) => ({
      id: clause.id,
      kind: clause.kind,
      title: clause.title,
      family: familyOf(clause.kind),
      verdict: judgement.verdict,
      counted: counts(clause),
      span: spanShape(clause.span),
      amendedBy: clause.amendedBy ?? [],
    })),
    findings: seenBy(scope.kinds, findings).map((each) => findingShape(each, pages, speak)),
  }
})

const SEVERITIES = ['error', 'warning', 'info']

const listFindings = bound(agreementContracts.listFindings, async (asked) => {
  const { services, dates, speak, query } = asked
  const pages = findingPages()
  const all = seenBy(whoOf(asked).scope.kinds, await services.desk.findings(dates)).map((each) =>
    findingShape(each, pages, speak),
  )
  const [severities, families, confidences] = [query.severity, query.family, query.confidence].map(wordsOf)
  const found = all.filter(
    (each) =>
      (severities?.has(each.severity) ?? true) &&
      (families?.has(each.family) ?? true) &&
      (confidences?.has(each.confidence) ?? true) &&
      (query.clause === undefined || each.clause === query.clause) &&
      holdsWords(query.text, [each.title, each.message, each.code, each.clause ?? '']),
  )
  const { sort = 'severity', order = sort === 'money' ? 'desc' : 'asc' } = query
  const sorted = [...found].sort((a, b) => {
    const byPlace = a.primary.line - b.primary.line || a.primary.column - b.primary.column
    if (sort === 'place') return byPlace
    if (sort === 'code') return a.code < b.code ? -1 : a.code > b.code ? 1 : byPlace
    if (sort === 'money') return decimal(a.money?.amount ?? '0').cmp(b.money?.amount ?? '0') || byPlace
    return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || byPlace
  })
  if (order === 'desc') sorted.reverse()
  const count = (severity: string) => all.filter((each) => each.severity === severity && !each.waived).length
  const summary = { error: count('error'), warning: count('warning'), info: count('info') }
  if (query.format !== 'csv') return { ...pageOfList(sorted, query), summary }
  const columns = ['code', 'severity', 'confidence', 'clause', 'line', 'message', 'fix', 'amount', 'currency']
  const rows = sorted.map((each) => [
    ...[each.code, each.severity, each.confidence, each.clause, each.primary.line],
    ...[each.message, each.fix, each.money?.amount, each.money?.currency],
  ])
  return new CsvAnswer(csvText(columns, rows), `findings-${dates.asOf}.csv`)
})

const listVersions = bound(agreementContracts.listVersions, async (asked) => {
  const { services, dates, speak } = asked
  const opened = services.desk.opened()
  const { agreement } = services.desk.settled(dates)
  const clauses = new Map([...opened.agreement.clauses, ...agreement.clauses].map((clause) => [clause.id, clause]))
  const known = new Map((agreement.amendments ?? []).map((each) => [each.id, each]))
  const { kinds } = whoOf(asked).scope
  const versions = opened.amendments.map((amendment) => {
    const carried = known.get(amendment.id) ?? amendment
    const isUnknown = amendment.recorded > dates.knownAt
    const state = isUnknown
      ? ('unknown-yet' as const)
      : !amendment.signed
        ? ('unsigned' as const)
        : amendment.effective <= dates.asOf
          ? ('in-force' as const)
          : ('pending' as const)
    return {
      id: amendment.id,
      title: amendment.title ?? amendment.id,
      effective: amendment.effective,
      recorded: amendment.recorded,
      signedOn: amendment.signed?.on ?? null,
      signedBy: [...(amendment.signed?.by ?? [])],
      state,
      changes: seenBy(kinds, carried.changes).map((change) => redlineShape(change, clauses.get(change.clause), speak)),
    }
  })
  const start = agreement.clauses.length > 0 ? (await viewOf(asked)).standing.term?.start : undefined
  const { title } = opened.agreement
  const text = { id: agreement.id, title, effective: start ?? null, recorded: null, signedOn: null, signedBy: [] }
  versions.sort((a, b) => (a.effective < b.effective ? -1 : a.effective > b.effective ? 1 : a.id < b.id ? -1 : 1))
  return { versions: [{ ...text, state: 'text' as const, changes: [] }, ...versions] }
})

/** The agreement over HTTP. */
export const agreementRoutes: BoundRoute[] = [getAgreement, listFindings, listVersions]
