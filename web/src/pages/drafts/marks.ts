import type { Effect } from './effect.ts'

/** Something to be marked in the text of a draft. */
export interface DraftMark {
  place: { line: number; column: number; endLine: number; endColumn: number }
  severity: 'error' | 'warning' | 'info'
  message: string
}

/** What the check says, at its place in the draft; what it says of the agreement's text isn't marked here. */
export function marksOf(effect: Effect | undefined): DraftMark[] {
  if (!effect) return []
  const problems = effect.problems.map(
    ({ where, message, fix }): DraftMark => ({
      place: where,
      severity: 'error',
      message: fix ? `${message}\n${fix}` : message,
    }),
  )
  const file = draftFile(effect)
  const findings = effect.added
    .filter((finding) => finding.primary.file === file)
    .map(
      ({ primary, severity, message, fix }): DraftMark => ({ place: primary, severity, message: `${message}\n${fix}` }),
    )
  return [...problems, ...findings]
}

/** The name under which the draft was read. */
export function draftFile(effect: Effect): string | undefined {
  return effect.problems[0]?.where.file ?? effect.redlines.find((change) => change.span)?.span?.file
}
