/** A line that both texts have, or only one of them. */
export interface DiffLine {
  in: 'both' | 'mine' | 'theirs'
  text: string
}

// Beyond it the table of the comparison would be too large for a browser to hold.
const MOST_PAIRS = 4_000_000

/** What differs between two texts, line by line, by their longest common lines. */
export function diffLines(theirs: string, mine: string): DiffLine[] {
  const [a, b] = [theirs.split('\n'), mine.split('\n')]
  let head = 0
  while (head < a.length && head < b.length && a[head] === b[head]) head += 1
  let tail = 0
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail += 1
  const middle = diffMiddle(a.slice(head, a.length - tail), b.slice(head, b.length - tail))
  const both = (lines: readonly string[]) => lines.map((text): DiffLine => ({ in: 'both', text }))
  return [...both(a.slice(0, head)), ...middle, ...both(a.slice(a.length - tail))]
}

function diffMiddle(a: readonly string[], b: readonly string[]): DiffLine[] {
  const theirs = (text: string): DiffLine => ({ in: 'theirs', text })
  const mine = (text: string): DiffLine => ({ in: 'mine', text })
  if (a.length * b.length > MOST_PAIRS) return [...a.map(theirs), ...b.map(mine)]
  const width = b.length + 1
  const longest = new Uint32Array((a.length + 1) * width)
  const at = (i: number, j: number) => longest[i * width + j] as number
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const output: DiffLine[] = []
  let [i, j] = [0, 0]
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      output.push({ in: 'both', text: a[i] as string })
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) output.push(theirs(a[i++] as string))
    else output.push(mine(b[j++] as string))
  }
  return [...output, ...a.slice(i).map(theirs), ...b.slice(j).map(mine)]
}
