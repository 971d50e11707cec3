/** The candidates that a mistyped word most likely means, best first; at most three, none when nothing is near. */
export function nearest(word: string, candidates: readonly string[]): string[] {
  const scored = candidates.map((candidate) => ({
    candidate,
    distance: candidate.includes(word) ? 0 : edits(word, candidate),
  }))
  const most = Math.max(2, Math.floor(word.length / 3))
  return scored
    .filter((each) => each.distance <= most)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map((each) => each.candidate)
}

/** Levenshtein distance. */
function edits(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      row[j] = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + same)
    }
    previous = row
  }
  return previous[b.length] ?? 0
}
