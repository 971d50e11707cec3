import { readData } from '../language/index.ts'
import { faultOf, type IdentityFault } from './fault.ts'
import type { Person } from './person.ts'

const SHORTEST = 12
const LONGEST = 256
// Beside the own name there must be this much that is not it.
const LEAST_BESIDES = 8

const { words, rows } = readData(new URL('./common-passwords.yaml', import.meta.url)) as {
  words: readonly string[]
  rows: readonly string[]
}

// Longest first, so that a word is not broken by a shorter one within it.
const COMMON = [...words].sort((one, other) => other.length - one.length)

/**
 * Everything that speaks against a password. Length counts most, as NIST SP 800-63B has it: no rule asks for digits or signs. What is
 * refused is what is tried first: the person's own name or email, and the commonest words, rows of keys and repetitions, however they
 * are written and with whatever digits behind them.
 */
export function passwordFaults(password: string, person: Pick<Person, 'name' | 'email'>): IdentityFault[] {
  const faults: IdentityFault[] = []
  const plain = password.normalize('NFKC')
  if ([...plain].length < SHORTEST) faults.push(faultOf('password', 'password-short', { least: SHORTEST }))
  if (plain.length > LONGEST) return [faultOf('password', 'password-long', { most: LONGEST })]
  const letters = lettersOf(plain)
  const own = ownWords(person).find((word) => letters.includes(word))
  if (own !== undefined && plain.length - own.length < LEAST_BESIDES) faults.push(faultOf('password', 'password-own'))
  if (isCommon(plain.toLowerCase(), letters)) faults.push(faultOf('password', 'password-common'))
  return faults
}

// Signs that stand for letters are read as those; everything else that is no letter goes.
const STANDS_FOR: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
}

function lettersOf(text: string): string {
  return fold(text)
    .replace(/[\d!]+$/u, '')
    .replace(/[01345780@$!]/g, (sign) => STANDS_FOR[sign] as string)
    .replace(/[^\p{L}]/gu, '')
}

function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
}

function ownWords({ name, email }: Pick<Person, 'name' | 'email'>): string[] {
  const parts = `${name} ${email}`.split(/[^\p{L}\d]+/u).map(lettersOf)
  return [...new Set([lettersOf(name), lettersOf(email), lettersOf(email.split('@')[0] ?? ''), ...parts])]
    .filter((word) => word.length >= 4)
    .sort((one, other) => other.length - one.length)
}

function isCommon(plain: string, letters: string): boolean {
  if (new Set(plain).size < 5) return true
  if (rows.some((row) => consistsOfRuns(plain, row))) return true
  if (/^(.{1,6}?)\1+$/u.test(plain)) return true
  return letters !== '' && COMMON.reduce((left, word) => left.replaceAll(word, ''), letters).length < 4
}

// Runs of at least three along a row of keys, forwards or backwards, leaving next to nothing.
function consistsOfRuns(plain: string, row: string): boolean {
  const both = [row, [...row].reverse().join('')]
  let left = 0
  for (let at = 0; at < plain.length; ) {
    let length = 0
    while (at + length < plain.length && both.some((each) => each.includes(plain.slice(at, at + length + 1))))
      length += 1
    if (length >= 3) at += length
    else {
      left += 1
      at += 1
    }
  }
  return left < 4
}
