import { type Party, plain } from '../../agreement/index.ts'
import { vocabulary } from '../../agreement/values.ts'
import type { Facts } from '../../facts/index.ts'
import { hitsOf, type Passage, passagesOf, placeIn } from '../passages.ts'
import type { Check, Draft } from '../room.ts'

const STRAY = /\p{L}([$@#¤§€£¥¢^~\\?!¬¦¶�])\p{L}/u
const ADDRESS = /:\/\/|^www\.|[^\s@]@[^\s@]+\.\p{L}{2,}|\$\{|[/=].*\?|\?.*[/=]/iu
const MAGNITUDE = /^(?:k|m|mm|mn|mio|bn|b|mil|miles|mill[oó]n(?:es)?|million|thousand)?$/i

/** TXT-1: words with a character inside that no word has. */
export const strayCharacter: Check = ({ agreement, facts }) =>
  hitsOf(agreement, /[^\s|]+/gu).flatMap(({ passage, match, at }): Draft[] => {
    const word = match[0].replace(/^[^\p{L}\d]+|[^\p{L}\d]+$/gu, '')
    const character = STRAY.exec(word)?.[1]
    if (!character || ADDRESS.test(match[0]) || isMoney(word, character, facts)) return []
    // "tod@s", "emplead@": a spelling for both genders.
    if (character === '@' && /^\p{L}+@s?$/u.test(word)) return []
    return [
      {
        at: word === match[0] ? at : placeIn(passage, word, match.index, agreement.lines),
        ...(passage.clause ? { clause: passage.clause.id } : {}),
        params: { word, character },
        operands: [word],
      },
    ]
  })

// "US$M", "U$S" and "CLP$mm" are money, not words.
function isMoney(word: string, character: string, facts: Facts): boolean {
  const at = word.indexOf(character)
  const [before, after] = [word.slice(0, at), word.slice(at + 1)]
  if (facts.currencyOfSign(`${before}${character}`.toUpperCase()) && MAGNITUDE.test(after)) return true
  return (
    facts.currencyOfSign(word.slice(0, at + 2).toUpperCase()) !== undefined &&
    MAGNITUDE.test(after.slice(1).replace(/^[\d.,]+/, ''))
  )
}

// One form and its longer spelling are the same form.
const SAME_FORM: Record<string, string> = {
  limited: 'ltd',
  limitada: 'ltda',
  corporation: 'corp',
  incorporated: 'inc',
  company: 'co',
  'designated activity company': 'dac',
}
const forms = new Set(vocabulary.legalForms.map(bareForm))
const longestForm = Math.max(...[...forms].map((form) => form.split(' ').length))

function bareForm(form: string): string {
  const bare = plain(form).replace(/[.,]/g, '').trim()
  return SAME_FORM[bare] ?? bare
}

interface Word {
  bare: string
  raw: string
  start: number
  end: number
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}.&'-]*/gu)].map((match) => ({
    bare: plain(match[0]).replace(/[.,]/g, ''),
    raw: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }))
}

/** The longest legal form that begins at a word, and the number of its words. */
function formAt(words: readonly Word[], at: number): { form: string; length: number } | undefined {
  for (let length = Math.min(longestForm, words.length - at); length > 0; length -= 1) {
    const form = words
      .slice(at, at + length)
      .map((word) => word.bare)
      .join(' ')
    if (forms.has(SAME_FORM[form] ?? form) && /^\p{Lu}|\./u.test(words[at]?.raw ?? ''))
      return { form: SAME_FORM[form] ?? form, length }
  }
  return undefined
}

interface Named {
  party: Party
  /** The words of the name before its legal form. */
  base: string[]
  form: string
}

function namedParty(party: Party): Named | undefined {
  const words = wordsOf(party.name)
  for (let at = 1; at < words.length; at += 1) {
    const found = formAt(words, at)
    if (found && at + found.length === words.length)
      return { party, base: words.slice(0, at).map((word) => word.bare), form: found.form }
  }
  return undefined
}

/** TXT-8: a party's name with another legal form or another spelling than where the parties are named. */
export const partyNameVariant: Check = ({ agreement }) => {
  const named = agreement.parties.flatMap((party) => namedParty(party) ?? [])
  if (named.length === 0) return []
  return passagesOf(agreement).flatMap((passage) =>
    named.some(({ party }) => party.span.line === passage.span.line) ? [] : variantsIn(passage, named, agreement.lines),
  )
}

function variantsIn(passage: Passage, named: readonly Named[], lines: readonly string[]): Draft[] {
  // A variant keeps all words but one; a name of one word keeps its legal form.
  const text = plain(passage.text)
  if (!named.some(({ base }) => base.length === 1 || base.some((word) => text.includes(word)))) return []
  const words = wordsOf(passage.text)
  return words.flatMap((_, at) =>
    named.flatMap((each): Draft[] => {
      const length = variantAt(words, at, each)
      // "Affiliates of the party" are other companies by intent.
      if (!length || /affiliat|subsidiar|filial/i.test(passage.text)) return []
      const last = words[at + length - 1]
      const variant = passage.text.slice(words[at]?.start, last?.end)
      return [
        {
          at: placeIn(passage, variant, words[at]?.start ?? 0, lines),
          ...(passage.clause ? { clause: passage.clause.id } : {}),
          params: { variant, name: each.party.name },
          related: [{ span: each.party.span, label: 'name', params: { name: each.party.name } }],
          operands: [plain(variant)],
        },
      ]
    }),
  )
}

/** Length in words of a variant of the party's name that begins at a word; undefined when there is none. */
function variantAt(words: readonly Word[], at: number, { base, form }: Named): number | undefined {
  const window = words.slice(at, at + base.length)
  if (window.length < Math.max(1, base.length - 1) || !/^\p{Lu}|^\d/u.test(window[0]?.raw ?? '')) return undefined
  const different = base.filter((word, index) => word !== window[index]?.bare)
  const found = formAt(words, at + base.length)
  // The name without its last word under another form: "Amazon Web Services, Inc." for "Amazon Web Services EMEA SARL".
  const shorter = base.length > 2 && different.length === 1 && different[0] === base.at(-1)
  const early = shorter ? formAt(words, at + base.length - 1) : undefined
  if (early && early.form !== form) return base.length - 1 + early.length
  if (different.length === 0) return found && found.form !== form ? base.length + found.length : undefined
  const index = base.findIndex((word, each) => word !== window[each]?.bare)
  const [own, other] = [base[index] ?? '', window[index]]
  // "Andes Retail Services Limited" for "Andes Retail Systems Limited": all the rest is alike, form and all.
  const namesake = base.length > 2 && index > 0 && found?.form === form && /^\p{Lu}/u.test(other?.raw ?? '')
  const spelt = isSpelling(own, other?.bare ?? '') || (found !== undefined && isInflection(own, other?.bare ?? ''))
  if (different.length > 1 || !(spelt || namesake) || (base.length === 1 && !found)) return undefined
  return base.length + (found?.length ?? 0)
}

/** Whether two words differ in their ending only: technology, technologies. */
function isInflection(a: string, b: string): boolean {
  let same = 0
  while (same < a.length && a[same] === b[same]) same += 1
  return same >= 5 && same * 10 >= Math.max(a.length, b.length) * 7
}

/** Whether two words differ by one letter left out, added, changed or swapped. */
function isSpelling(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start += 1
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}

const VAGUE_EN =
  '(?:best|reasonable|commercially reasonable) (?:efforts|endeavou?rs)|continuous improvement|as appropriate|as needed|where (?:possible|appropriate|practicable)|as far as possible|industry[- ]standard|state of the art|world[- ]class|in a timely manner|from time to time|use its best'
const VAGUE_ES =
  'mejores esfuerzos|esfuerzos razonables|mejora continua|según corresponda|cuando corresponda|(?:cuando|donde) sea posible|en la medida de lo posible|oportunamente|estándares? de la industria|de clase mundial|de tiempo en tiempo|a la brevedad(?: posible)?'
const VAGUE = new RegExp(`(?<!\\p{L})(?:${VAGUE_EN}|${VAGUE_ES})(?!\\p{L})`, 'giu')

/** TXT-9: promises in words that nobody can measure; one for each cell or line. */
export const vaguePromise: Check = ({ agreement }) => {
  const seen = new Set<Passage>()
  return hitsOf(agreement, VAGUE).flatMap(({ passage, match, at }): Draft[] => {
    if (!passage.clause || passage.clause.kind === 'definition' || seen.has(passage)) return []
    seen.add(passage)
    return [{ at, clause: passage.clause.id, params: { phrase: match[0] }, operands: [plain(match[0])] }]
  })
}
