import type { EvidenceFact } from '../../../evidence/index.ts'
import type { Session } from '../../session.ts'

/** Months whose bill came in two shapes, and whether they agree; empty when no month did. */
export function crossChecksAsText(evidence: readonly EvidenceFact[], { speak }: Session): string {
  const checks = evidence.filter((fact) => fact.dataset === 'bill-cross-check')
  if (checks.length === 0) return ''
  const differing = checks.filter(({ values }) => values.agrees !== true)
  const lines = [
    speak.say({ id: 'evidence.cross-agrees', params: { count: checks.length - differing.length } }),
    ...differing.map(({ from, values }) => {
      const { focus, cur, difference } = values
      const params = { from: from.slice(0, 7), focus: String(focus), cur: String(cur), difference: String(difference) }
      return speak.say({ id: 'evidence.cross-differs', params })
    }),
  ]
  return `\n${speak.word('evidence.cross-check')}\n${lines.map((line) => `  ${line}\n`).join('')}`
}
