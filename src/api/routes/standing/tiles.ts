import type { z } from 'zod'
import type { Finding } from '../../../checks/room.ts'
import type { View } from '../../../desk/index.ts'
import { daysBetween, message, roundHalfUp, type Speaker } from '../../../language/index.ts'
import { measureSides, totals } from '../../../reports/index.ts'
import { counts } from '../../../standing/index.ts'
import type { standingContracts } from './contract.ts'

type Overview = z.output<NonNullable<(typeof standingContracts)['getOverview']['answer']>>
type Tile = Overview['tiles'][number]
type Tone = Tile['tone']

/** The figures of the overview, money first. */
export function tilesOf(view: View, findings: readonly Finding[], speak: Speaker): Tile[] {
  return [
    ...money(view, speak),
    ...commitment(view, speak),
    ...evidence(view, speak),
    ...text(findings, speak),
    ...next(view, speak),
  ]
}

function money({ standing }: View, speak: Speaker): Tile[] {
  const lines = standing.lines.filter(({ clause }) => counts(clause))
  const stakes = totals(lines)
  const count = lines.filter(({ judgement }) => judgement.moneyAtStake).length
  return stakes.length === 0
    ? []
    : [
        {
          id: 'money-at-stake',
          title: speak.word('overview.money-at-stake'),
          // To the hundredth, rounded half up: the traces have every digit.
          value: speak.show(stakes.map((each) => ({ ...each, units: roundHalfUp(each, 2).minor, scale: 2 }))),
          detail: speak.say(message('overview.money-at-stake.detail', { count })),
          tone: 'warning',
          link: '/clauses?sort=money&counted=yes',
        },
      ]
}

const TONES: Record<string, Tone> = { met: 'good', 'at-risk': 'warning', breached: 'bad' }

// The commitment that runs on the day: what was spent against what was promised.
function commitment({ standing }: View, speak: Speaker): Tile[] {
  const line = standing.lines.find(
    ({ clause, judgement }) =>
      clause.kind === 'commitment' && counts(clause) && judgement.lifecycle === 'running' && judgement.measure,
  )
  if (!line?.judgement.measure) return []
  const { clause, judgement } = line
  const { valueText, targetText } = measureSides(line.judgement.measure, speak)
  return [
    {
      id: 'commitment',
      title: clause.title,
      value: valueText,
      detail: speak.say(
        message('overview.of-promised', { target: targetText, verdict: { word: `verdict.${judgement.verdict}` } }),
      ),
      tone: TONES[judgement.verdict] ?? 'neutral',
      link: `/clauses/${clause.id}`,
    },
  ]
}

function evidence({ needs, standing, asOf, evidence: facts }: View, speak: Speaker): Tile[] {
  const proved = needs.filter((each) => each.missing.length === 0).length
  const evidenceThrough = facts.length === 0 ? null : standing.evidenceThrough
  const age = evidenceThrough === null ? null : daysBetween(evidenceThrough, asOf)
  return [
    {
      id: 'evidence',
      title: speak.word('overview.evidence'),
      value: speak.say(message('overview.evidence.value', { proved, count: needs.length })),
      detail:
        evidenceThrough === null
          ? speak.word('overview.no-evidence')
          : speak.say(message('overview.evidence.detail', { date: { date: evidenceThrough } })),
      tone: age === null ? 'bad' : age > 45 ? 'warning' : proved === needs.length ? 'good' : 'neutral',
      link: '/evidence',
    },
  ]
}

function text(findings: readonly Finding[], speak: Speaker): Tile[] {
  const open = findings.filter((finding) => !finding.waived)
  const errors = open.filter((finding) => finding.severity === 'error').length
  const warnings = open.filter((finding) => finding.severity === 'warning').length
  if (findings.length === 0) return []
  return [
    {
      id: 'findings',
      title: speak.word('overview.findings'),
      value: speak.say(message('overview.findings.value', { count: errors })),
      detail: speak.say(message('overview.findings.detail', { count: warnings })),
      tone: errors > 0 ? 'bad' : warnings > 0 ? 'warning' : 'good',
      link: '/findings',
    },
  ]
}

function next({ standing, asOf }: View, speak: Speaker): Tile[] {
  const dated = standing.lines
    .filter(({ clause, judgement: { nextDate } }) => counts(clause) && nextDate !== null && nextDate >= asOf)
    .sort((a, b) => ((a.judgement.nextDate ?? '') < (b.judgement.nextDate ?? '') ? -1 : 1))
  const [first] = dated
  if (!first?.judgement.nextDate) return []
  return [
    {
      id: 'next-date',
      title: speak.word('overview.next-date'),
      value: speak.show({ date: first.judgement.nextDate }),
      detail: first.clause.title,
      tone: 'neutral',
      link: '/clauses?sort=next-date&counted=yes',
    },
  ]
}
