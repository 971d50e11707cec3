/** A small seeded generator (mulberry32): the same seed gives the same document on any machine. */
export function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const PIECES = [
  '|',
  '||',
  '\\|',
  '**',
  '~~',
  '`',
  '```\n',
  '> ',
  '- ',
  '1. ',
  '#',
  '\n',
  '\n\n',
  '\t',
  '<!--',
  '<div>',
  '[x](y)',
  '[ref]: x\n',
  '&nbsp;',
  '\u0000',
  '\ufeff',
  '\u202e',
  '💶',
  'é',
  '$',
  '%',
  '€',
  '9'.repeat(40),
  ',',
  '.',
  'NaN',
  '-1',
  '1e999',
  'TBD',
  '0',
  '31 February 2025',
  '---\n',
  '| --- |',
  '\r',
  '\r\n',
  '\\',
  '*',
  '_',
]

type Edit = (text: string, random: () => number) => string

const at = (text: string, random: () => number): number => Math.floor(random() * (text.length + 1))

const EDITS: Edit[] = [
  (text, random) => {
    const place = at(text, random)
    return text.slice(0, place) + PIECES[Math.floor(random() * PIECES.length)] + text.slice(place)
  },
  (text, random) => {
    const place = at(text, random)
    return text.slice(0, place) + text.slice(place + 1 + Math.floor(random() * 30))
  },
  (text, random) => {
    const lines = text.split('\n')
    lines.splice(Math.floor(random() * lines.length), 1 + Math.floor(random() * 3))
    return lines.join('\n')
  },
  (text, random) => {
    const lines = text.split('\n')
    const line = Math.floor(random() * lines.length)
    lines.splice(Math.floor(random() * lines.length), 0, lines[line] ?? '')
    return lines.join('\n')
  },
  (text, random) => {
    const lines = text.split('\n')
    const [a, b] = [Math.floor(random() * lines.length), Math.floor(random() * lines.length)]
    const kept = lines[a] ?? ''
    lines[a] = lines[b] ?? ''
    lines[b] = kept
    return lines.join('\n')
  },
  (text, random) => {
    const place = at(text, random)
    const code = 32 + Math.floor(random() * 300)
    return text.slice(0, place) + String.fromCharCode(code) + text.slice(place + 1)
  },
  (text, random) => text.slice(0, at(text, random)),
]

/** A document with one to six seeded edits. */
export function mutate(text: string, seed: number): string {
  const random = generator(seed)
  let mutated = text
  for (let left = 1 + Math.floor(random() * 6); left > 0; left -= 1) {
    mutated = (EDITS[Math.floor(random() * EDITS.length)] as Edit)(mutated, random)
  }
  return mutated
}
