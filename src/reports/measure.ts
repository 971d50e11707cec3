import type { Measure } from '../clauses/room.ts'
import { amountOf, isIsoDate, roundHalfUp, type Speaker } from '../language/index.ts'

/** A measure as people read it. `leads`: the unit is a sign that stands before its number. */
export interface ShownMeasure {
  value: string
  target: string
  unit: string
  leads: boolean
}

/** A measure with its numbers in the language's form; only for the eye: JSON and traces keep every digit. */
export function shownMeasure({ value, target, unit }: Measure, speak: Speaker): ShownMeasure {
  const known = speak.word(`unit.${unit}`)
  const shown = unit === 'count' ? '' : known === `unit.${unit}` ? unit : known
  return {
    value: shownValue(value, speak),
    target: shownValue(target, speak),
    unit: shown,
    leads: /^[$€£¤]$/.test(shown),
  }
}

/** The two sides of a measure, each with its unit; money to the hundredth, rounded half up: every digit is in the trace. */
export function measureSides(measure: Measure, speak: Speaker): { valueText: string; targetText: string } {
  if (/^[A-Z]{3}$/.test(measure.unit)) {
    const [valueText, targetText] = [measure.value, measure.target].map((side) => moneyText(side, measure.unit, speak))
    return { valueText: valueText as string, targetText: targetText as string }
  }
  const { value, target, unit, leads } = shownMeasure(measure, speak)
  const withUnit = (text: string) =>
    unit === '' ? text : leads ? `${unit}${text}` : unit === '%' ? `${text}%` : `${text} ${unit}`
  return { valueText: withUnit(value), targetText: withUnit(target) }
}

function moneyText(value: string, currency: string, speak: Speaker): string {
  if (!/^-?\d+(\.\d+)?$/.test(value)) return shownValue(value, speak)
  const { minor } = roundHalfUp(amountOf(value, currency), 2)
  return speak.show({ units: minor, scale: 2, currency })
}

/** A plain value as people read it: a date, a number, or the word itself. */
export function shownValue(value: string, speak: Speaker): string {
  if (isIsoDate(value)) return speak.show({ date: value })
  if (!/^-?\d+(\.\d+)?$/.test(value)) return value
  return speak.show({ decimal: value.replace(/(\.\d{4})\d+$/, '$1') })
}
