/** Deeper than anything that is asked for: whoever nests further means to exhaust somebody's stack. */
const DEEPEST = 64

// NUL has no place in a text of PostgreSQL, and a half of a surrogate pair is kept as another sign than was sent: its audit would not fit.
const UNKEEPABLE = /[\0\p{Cs}]/u

/** Why a request cannot be kept as it was sent, whatever its contract says: by texts that no database keeps, or by its depth. */
export function faultOfForm(given: unknown): string | undefined {
  let level: unknown[] = [given]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) return `nested deeper than ${DEEPEST}`
    const next: unknown[] = []
    for (const value of level) {
      if (typeof value === 'string' && UNKEEPABLE.test(value)) return 'holds NUL or half of a surrogate pair'
      if (typeof value !== 'object' || value === null) continue
      if (!Array.isArray(value)) for (const key in value) next.push(key)
      for (const inner of Object.values(value)) next.push(inner)
    }
    level = next
  }
  return undefined
}
