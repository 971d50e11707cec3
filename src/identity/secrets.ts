import { createHmac, hash, timingSafeEqual } from 'node:crypto'

/** Where chance comes from. */
export type Random = (bytes: number) => Buffer

/** 256 bits that nobody guesses, as they may stand in a link or a cookie. */
export function newSecret(random: Random): string {
  return random(32).toString('base64url')
}

/** A name for a new row: short, and no two alike. */
export function newId(random: Random): string {
  return random(12).toString('hex')
}

/**
 * What is kept of a secret. One round of SHA-256 is enough for 256 random bits: slow hashes are for passwords, which people choose from
 * few; and it must be fast, since every request pays for it.
 */
export function digestOf(text: string): string {
  return hash('sha256', text, 'hex')
}

/** A second value that only the holder of the secret, and we when they show it, can know. */
export function derived(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(purpose).digest('base64url')
}

/** Whether two texts are the same, in a time that does not tell where they differ. */
export function sameText(one: string, other: string): boolean {
  return timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'))
}
