import type { Finding, FindingPage } from '../checks/room.ts'
import { type Span, type Speaker, stated } from '../language/index.ts'
import type { FindingsReport } from './findings-text.ts'

function placeOf(span: Span): { file: string; line: number; column: number; endLine: number; endColumn: number } {
  const { file, line, column, endLine, endColumn } = span
  return { file, line, column, endLine, endColumn }
}

/** Findings as scripts read them; the shape is a promise of DESIGN.md. */
export function findingsAsJson(report: FindingsReport & { agreement: string }, speak: Speaker): object {
  const finding = (each: Finding): object => ({
    code: each.code,
    rule: each.rule,
    severity: each.severity,
    confidence: each.confidence,
    message: speak.say({ id: each.code, params: each.params }),
    primary: placeOf(each.primary),
    related: each.related.map((one) => ({
      ...placeOf(one.span),
      label: speak.say({ id: one.label, params: one.params }),
    })),
    clause: each.clause,
    ...(each.money ? { money: stated(each.money) } : {}),
    fix: speak.say({ id: `${each.code}.fix`, params: each.params }),
    fingerprint: each.fingerprint,
    ...(each.waived ? { waived: each.waived } : {}),
  })
  return {
    agreement: report.agreement,
    asOf: report.asOf,
    clauses: report.clauses,
    unread: report.unread,
    findings: report.findings.map(finding),
  }
}

const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const

/** Findings as SARIF 2.1.0 for code hosts and editors. Only failures are sent: their readers ignore other kinds. */
export function findingsAsSarif(
  report: FindingsReport,
  pages: Record<string, FindingPage>,
  speak: Speaker,
  version: string,
): object {
  const codes = [...new Set(report.findings.map((finding) => finding.code))].sort()
  const rules = codes.map((code) => {
    const page = pages[code] as FindingPage
    return {
      id: code,
      shortDescription: { text: page.title[speak.language] },
      fullDescription: { text: page.explain[speak.language] },
      help: { text: page.explain[speak.language] },
      defaultConfiguration: { level: LEVEL[page.severity] },
      properties: { rule: page.rule, confidence: page.confidence },
    }
  })
  const results = report.findings.map((finding) => ({
    ruleId: finding.code,
    ruleIndex: codes.indexOf(finding.code),
    kind: 'fail',
    level: LEVEL[finding.severity],
    message: { text: speak.say({ id: finding.code, params: finding.params }) },
    locations: [sarifPlace(finding.primary)],
    relatedLocations: finding.related.map((each, id) => ({
      id,
      ...sarifPlace(each.span),
      message: { text: speak.say({ id: each.label, params: each.params }) },
    })),
    partialFingerprints: { 'convenio/v1': finding.fingerprint },
    ...(finding.waived
      ? { suppressions: [{ kind: 'external', status: 'accepted', justification: finding.waived.reason }] }
      : {}),
  }))
  const driver = { name: 'Convenio', semanticVersion: version, rules }
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver }, columnKind: 'utf16CodeUnits', results }],
  }
}

function sarifPlace(span: Span): { physicalLocation: object } {
  const region = {
    startLine: span.line,
    startColumn: span.column,
    endLine: span.endLine,
    endColumn: Math.max(span.endColumn, span.endLine === span.line ? span.column : 1),
  }
  return { physicalLocation: { artifactLocation: { uri: encodeURI(span.file.replaceAll('\\', '/')) }, region } }
}
