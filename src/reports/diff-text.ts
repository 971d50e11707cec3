import type { Change } from '../agreement/index.ts'
import { exact, message, type Speaker, type StatedAmount } from '../language/index.ts'
import { type Look, look, type Paper, wrap } from './paper.ts'

const LOOKS: Record<Change['favours'], Look> = { payer: 'good', provider: 'warning', neutral: 'quiet' }

/** Changes by clause and whom each favours, for a terminal. */
export function diffAsText(changes: readonly Change[], speak: Speaker, paper: Paper): string {
  if (changes.length === 0) return `${speak.word('report.no-changes')}\n`
  const lines = changes.flatMap((change) => {
    const term = change.term ? `.${change.term}` : ''
    const head = `${look(paper, 'strong', change.clause + term)}  ${look(paper, LOOKS[change.favours], speak.word(`favours.${change.favours}`))}`
    const said =
      change.change === 'changed'
        ? `${showTerm(change.from, speak)} → ${showTerm(change.to, speak)}`
        : `${speak.word(`change.${change.change}`)}: ${change.title}`
    return [head, ...wrap(said, paper.width - 4).map((line) => `    ${line}`)]
  })
  const count = (side: Change['favours']): number => changes.filter((change) => change.favours === side).length
  const sum = speak.say(
    message('report.changes', {
      count: changes.length,
      payer: count('payer'),
      provider: count('provider'),
      neutral: count('neutral'),
    }),
  )
  return `${[...lines, '', sum].join('\n')}\n`
}

/** A term's value as a person reads it. */
export function showTerm(value: unknown, speak: Speaker): string {
  if (value === undefined) return '—'
  if (value === null || typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.map((each) => showTerm(each, speak)).join(', ')
  const { amount, currency, unit, date } = value as Record<string, unknown>
  if (typeof amount === 'string' && typeof currency === 'string') return speak.show(exact(value as StatedAmount))
  if (typeof amount === 'string' && typeof unit === 'string') return speak.show({ amount, unit } as never)
  if (typeof date === 'string') return speak.show({ date })
  return Object.entries(value)
    .map(([key, inner]) => `${key} ${showTerm(inner, speak)}`)
    .join(', ')
}
