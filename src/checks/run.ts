import { createHash } from 'node:crypto'
import type { Agreement, Clause, RuleBook, Supplement, Waiver } from '../agreement/index.ts'
import type { Facts } from '../facts/index.ts'
import { compareSpans, type IsoDate } from '../language/index.ts'
import type { CheckContext, CheckRoom, Draft, Finding, FindingPage } from './room.ts'

/** What is checked: an agreement, what settles it, and the date. */
export interface CheckInput {
  agreement: Agreement
  supplement?: Supplement
  rules: RuleBook
  facts: Facts
  asOf: IsoDate
}

/** Runs all rooms; findings come by place, and each one is there however many there are. */
export function runChecks(
  rooms: readonly CheckRoom[],
  pages: Record<string, FindingPage>,
  input: CheckInput,
): Finding[] {
  const byKind = new Map<string, Clause[]>()
  for (const clause of input.agreement.clauses) {
    const same = byKind.get(clause.kind)
    if (same) same.push(clause)
    else byKind.set(clause.kind, [clause])
  }
  const context = { ...input, clauses: (room: { id: string }) => byKind.get(room.id) ?? [] } as CheckContext
  const findings: Finding[] = []
  const report = (code: string, drafts: readonly Draft[]): void => {
    const page = pages[code]
    if (!page) throw new Error(`${code} has no page in findings.yaml`)
    for (const draft of drafts) findings.push(toFinding(code, page, draft))
  }
  for (const room of rooms) for (const [code, check] of Object.entries(room.checks)) report(code, check(context))
  const before = findings.slice()
  const sought = (code: string): boolean => !(code in pages) || rooms.some((room) => code.startsWith(`${room.id}/`))
  for (const room of rooms)
    for (const [code, check] of Object.entries(room.after ?? {}))
      report(code, check(context, { findings: before, sought }))
  const waived = findings.map((finding) => withWaiver(finding, input.supplement?.waivers ?? [], input.asOf))
  return waived.sort((a, b) => compareSpans(a.primary, b.primary) || (a.code < b.code ? -1 : 1))
}

function toFinding(code: string, page: FindingPage, draft: Draft): Finding {
  const { rule, severity, confidence } = page
  const related = (draft.related ?? []).map(({ span, label, params }) => ({
    span,
    label: `${code}.label.${label}`,
    params: params ?? {},
  }))
  const operands = [code, draft.clause ?? '', ...(draft.operands ?? [])].join('\u0000')
  const fingerprint = createHash('sha256').update(operands).digest('hex').slice(0, 16)
  const finding: Finding = {
    code,
    rule,
    severity,
    confidence,
    primary: draft.at,
    related,
    clause: draft.clause ?? null,
    params: draft.params ?? {},
    fingerprint,
  }
  if (draft.money) finding.money = draft.money
  if (draft.trace) finding.trace = draft.trace
  return finding
}

/** Whether a waiver names a finding: by code, by clause, or by both. */
export function waives(waiver: Waiver, code: string, clause: string | null): boolean {
  if (waiver.finding === undefined) return false
  return waiver.finding === code && (waiver.clause === undefined || waiver.clause === clause)
}

// Only a complete waiver that has not expired excuses anything; the others are findings themselves.
function withWaiver(finding: Finding, waivers: readonly Waiver[], asOf: IsoDate): Finding {
  const waiver = waivers.find((each) => waives(each, finding.code, finding.clause))
  if (!waiver?.approvedBy || !waiver.reason || !waiver.until || waiver.until < asOf) return finding
  return { ...finding, waived: { by: waiver.approvedBy, reason: waiver.reason, until: waiver.until } }
}
