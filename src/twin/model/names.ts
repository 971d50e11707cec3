import type { Chance, Scenario } from '../world.ts'

/** Lower-case ASCII letters, digits and hyphens, as addresses and aliases have them. */
export function slugOf(text: string): string {
  const plain = text.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
  return plain
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
}

/** A list in chance's order. */
export function shuffled<T>(of: readonly T[], chance: Chance): T[] {
  const result = [...of]
  for (let at = result.length - 1; at > 0; at -= 1) {
    const other = chance.whole(0, at)
    const kept = result[at] as T
    result[at] = result[other] as T
    result[other] = kept
  }
  return result
}

/** One of a list whose members weigh differently. */
export function weighted<T>(of: readonly T[], weight: (each: T) => number, chance: Chance): T {
  const total = of.reduce((sum, each) => sum + weight(each), 0)
  let left = chance.next() * total
  for (const each of of) {
    left -= weight(each)
    if (left < 0) return each
  }
  return of[of.length - 1] as T
}

/** Gives names of persons, each once as long as there are enough. */
export function personNames(people: Scenario['people'], chance: Chance): () => { first: string; last: string } {
  const taken = new Set<string>()
  return () => {
    for (let attempt = 0; ; attempt += 1) {
      const name = { first: chance.pick(people.first), last: `${chance.pick(people.last)} ${chance.pick(people.last)}` }
      const key = slugOf(`${name.first} ${name.last.split(' ')[0]}`)
      if (taken.has(key) && attempt < 200) continue
      taken.add(key)
      return name
    }
  }
}

/** `ana.rojas@example.org` of a name and a domain. */
export function emailOf(name: { first: string; last: string }, domain: string): string {
  return `${slugOf(name.first)}.${slugOf(name.last.split(' ')[0] ?? '')}@${domain}`
}
