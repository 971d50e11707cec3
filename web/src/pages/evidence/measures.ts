/** How far something has come, from 0 to 100; what has no size yet has not begun. */
export function shareOf(done: number, total: number): number {
  return total <= 0 ? 0 : Math.min(100, Math.round((done / total) * 100))
}

/** How fresh a dataset is, by the days since its newest fact. Most systems deliver by the month. */
export function freshness(age: number | null): 'none' | 'fresh' | 'ageing' | 'old' {
  if (age === null) return 'none'
  if (age <= 45) return 'fresh'
  return age <= 100 ? 'ageing' : 'old'
}

/** A value of a fact or a row in one line of text. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
