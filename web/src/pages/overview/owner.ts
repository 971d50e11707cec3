import type { Say } from '../../frame/index.ts'

/** Whoever has to act: a role in words, or as the server names it. */
export function ownerInWords(owner: string, t: Say): string {
  const word = t(`role.${owner}`)
  return word === `role.${owner}` ? owner : word
}
