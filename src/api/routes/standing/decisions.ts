import type { z } from 'zod'
import { findingPages } from '../../../checks/registry.ts'
import type { Finding } from '../../../checks/room.ts'
import type { View } from '../../../desk/index.ts'
import { addDays, message, type Speaker, stated } from '../../../language/index.ts'
import { counts } from '../../../standing/index.ts'
import type { standingContracts } from './contract.ts'
import { ownerOf } from './lines.ts'

type Overview = z.output<NonNullable<(typeof standingContracts)['getOverview']['answer']>>
type Decision = Overview['decisions'][number]

const SOON_DAYS = 30
const EACH = 8

/** What waits for a person: breaches nobody excused, what contradicts in the text, waivers that end, evidence that is missing. */
export function decisionsOf(view: View, findings: readonly Finding[], speak: Speaker): Decision[] {
  return [
    ...breaches(view, speak).slice(0, EACH),
    ...errors(findings, speak).slice(0, EACH),
    ...endingWaivers(view, speak).slice(0, EACH),
    ...missing(view, speak).slice(0, EACH),
  ]
}

function breaches({ standing }: View, speak: Speaker): Decision[] {
  return standing.lines
    .filter(({ clause, judgement }) => counts(clause) && judgement.verdict === 'breached')
    .map(({ clause, judgement }) => ({
      kind: 'breach' as const,
      text: speak.say(message('overview.breach', { title: clause.title })),
      detail: speak.say(judgement.reason),
      owner: ownerOf(clause.kind),
      by: judgement.nextDate,
      money: judgement.moneyAtStake ? stated(judgement.moneyAtStake) : null,
      link: `/clauses/${clause.id}`,
    }))
}

function errors(findings: readonly Finding[], speak: Speaker): Decision[] {
  const pages = findingPages()
  return findings
    .filter((finding) => finding.severity === 'error' && !finding.waived)
    .map((finding) => ({
      kind: 'finding' as const,
      text: pages[finding.code]?.title[speak.language] ?? finding.code,
      detail: speak.say({ id: finding.code, params: finding.params }),
      owner: 'director',
      by: null,
      money: finding.money ? stated(finding.money) : null,
      link: `/agreement?finding=${encodeURIComponent(finding.fingerprint)}`,
    }))
}

function endingWaivers({ input, asOf, standing }: View, speak: Speaker): Decision[] {
  const soon = addDays(asOf, SOON_DAYS)
  const shown = new Map(standing.lines.map(({ clause }) => [clause.id, clause]))
  return (input.supplement?.waivers ?? []).flatMap(({ clause, until, approvedBy }) => {
    const line = clause === undefined ? undefined : shown.get(clause)
    if (!line || !until || until < asOf || until > soon) return []
    const params = { title: line.title, date: { date: until }, by: approvedBy ?? '' }
    const detail = speak.say(message('overview.waiver-ends.detail', params))
    return [
      {
        kind: 'waiver-ends' as const,
        text: speak.say(message('overview.waiver-ends', params)),
        detail,
        owner: ownerOf(line.kind),
        by: until,
        money: null,
        link: `/clauses/${line.id}`,
      },
    ]
  })
}

function missing({ needs }: View, speak: Speaker): Decision[] {
  return needs
    .filter(({ verdict }) => verdict === 'undetermined')
    .map(({ clause, missing: gaps }) => ({
      kind: 'evidence-missing' as const,
      text: speak.say(message('overview.evidence-missing', { title: clause.title })),
      detail: [...new Set(gaps.map((gap) => speak.say(gap)))].slice(0, 2).join(' '),
      owner: ownerOf(clause.kind),
      by: null,
      money: null,
      link: `/clauses/${clause.id}`,
    }))
}
