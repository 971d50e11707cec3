import type { Verdict } from '../clauses/room.ts'
import { VERDICTS } from '../clauses/room.ts'
import {
  type Amount,
  add,
  compare,
  lastDay,
  message,
  type Param,
  printable,
  type Speaker,
  zeroLike,
} from '../language/index.ts'
import { counts, type Standing, type StandingLine } from '../standing/index.ts'
import { shownMeasure } from './measure.ts'
import { cut, flow, type Look, look, type Paper, wrap } from './paper.ts'

const LOOKS: Record<Verdict, Look> = {
  breached: 'error',
  'at-risk': 'warning',
  undetermined: 'info',
  'not-due': 'plain',
  met: 'good',
  waived: 'quiet',
}
const GLYPHS: Record<Verdict, string> = {
  breached: '✗',
  'at-risk': '!',
  undetermined: '?',
  'not-due': '·',
  met: '✓',
  waived: '~',
}

/** Where an agreement stands, for a terminal: one sentence, then every clause, worst first, statements last. */
export function standingAsText(standing: Standing, speak: Speaker, paper: Paper): string {
  const binding = standing.lines.filter((line) => counts(line.clause))
  const others = standing.lines.filter((line) => !counts(line.clause))
  const groups = VERDICTS.flatMap((verdict) => {
    const lines = binding.filter((line) => line.judgement.verdict === verdict)
    return lines.length === 0 ? [] : [group(speak.word(`verdict.${verdict}`), LOOKS[verdict], lines, speak, paper)]
  })
  if (others.length > 0) groups.push(group(speak.word('report.statements'), 'plain', others, speak, paper))
  return `${[heading(standing, speak, paper), ...groups].join('\n\n')}\n`
}

function heading(standing: Standing, speak: Speaker, paper: Paper): string {
  const { summary, asOf, knownAt, term, evidenceThrough } = standing
  const lines = [
    look(
      paper,
      'strong',
      speak.say(message('report.standing-of', { title: standing.agreement.title, date: { date: asOf } })),
    ),
  ]
  if (knownAt !== asOf) lines.push(speak.say(message('report.known-at', { date: { date: knownAt } })))
  if (term) lines.push(speak.say(message('report.term', { start: { date: term.start }, end: { date: lastDay(term) } })))
  const total = Object.values(summary).reduce((sum, each) => sum + each, 0)
  const through: Param = evidenceThrough ? { date: evidenceThrough } : { word: 'report.no-evidence' }
  lines.push(
    ...wrap(
      speak.say(
        message('report.sentence', {
          met: summary.met,
          total,
          atRisk: summary['at-risk'],
          breached: summary.breached,
          undetermined: summary.undetermined,
          notDue: summary['not-due'],
          waived: summary.waived,
        }),
      ),
      paper.width,
    ),
  )
  lines.push(...wrap(speak.say(message('report.evidence-through', { date: through })), paper.width))
  const { knownFrom, staleFrom } = standing.declarations
  if (knownFrom && staleFrom && asOf >= staleFrom) {
    const hint = speak.say(message('report.stale-hint', { date: { date: knownFrom }, iso: knownFrom }))
    lines.push(...wrap(hint, paper.width).map((line) => look(paper, 'quiet', line)))
  }
  const stakes = totals(standing.lines)
  if (stakes.length > 0)
    lines.push(look(paper, 'strong', speak.say(message('report.money-at-stake', { amounts: stakes }))))
  return lines.join('\n')
}

/** Money at stake by currency; amounts of different currencies are never added. */
export function totals(lines: readonly StandingLine[]): Amount[] {
  const sums = new Map<string, Amount>()
  for (const { judgement } of lines) {
    const stake = judgement.moneyAtStake
    if (!stake || compare(stake, zeroLike(stake)) === 0) continue
    const key = `${stake.currency} ${stake.sign ?? ''}`
    const before = sums.get(key)
    sums.set(key, before ? add(before, stake) : stake)
  }
  return [...sums.values()]
}

function group(title: string, as: Look, lines: readonly StandingLine[], speak: Speaker, paper: Paper): string {
  const head = look(paper, as === 'plain' ? 'strong' : as, `${title.toUpperCase()} (${lines.length})`)
  return [head, ...lines.map((line) => lineText(line, as, speak, paper))].join('\n')
}

// Where there is no evidence at all, one line says all there is to say.
function bareText({ clause, judgement }: StandingLine, as: Look, speak: Speaker, paper: Paper): string {
  const needs = speak.say(message('report.needs', { dataset: judgement.reason.params.dataset ?? '' }))
  const id = cut(clause.id, paper.width - needs.length - 4)
  return `${look(paper, as, GLYPHS[judgement.verdict])} ${id.padEnd(paper.width - needs.length - 3)} ${look(paper, 'quiet', needs)}`
}

function lineText(line: StandingLine, as: Look, speak: Speaker, paper: Paper): string {
  const { clause, judgement } = line
  if (judgement.reason.id === 'clause.no-evidence') return bareText(line, as, speak, paper)
  const measure = measureText(line, speak)
  const title = cut(printable(clause.title), Math.max(20, paper.width - 4 - measure.length - (measure ? 2 : 0)))
  const gap = ' '.repeat(Math.max(2, paper.width - 2 - title.length - measure.length))
  const first = `${look(paper, as, GLYPHS[judgement.verdict])} ${look(paper, 'strong', title)}${measure ? gap + measure : ''}`
  const facts = [
    judgement.grade ? speak.word(`grade.${judgement.grade}`) : '',
    judgement.moneyAtStake ? speak.say(message('report.stake', { amount: judgement.moneyAtStake })) : '',
    judgement.nextDate ? speak.say(message('report.next', { date: { date: judgement.nextDate } })) : '',
    speak.say(message('report.line', { line: String((clause.origin ?? clause.span).line) })),
  ].filter((each) => each !== '')
  const reason = wrap(speak.say(judgement.reason), paper.width - 4)
  const tail = flow([clause.id, ...facts], paper.width - 4)
  return [
    first,
    ...reason.map((part) => `    ${part}`),
    ...tail.map((part) => `    ${look(paper, 'quiet', part)}`),
  ].join('\n')
}

/** `3,120,000 / 4,000,000 USD`: measured against promised. */
function measureText(line: StandingLine, speak: Speaker): string {
  const { measure } = line.judgement
  if (!measure) return ''
  const { value, target, unit, leads } = shownMeasure(measure, speak)
  if (leads) return `${unit}${value} / ${unit}${target}`
  return unit ? `${value} / ${target} ${unit}` : `${value} / ${target}`
}
