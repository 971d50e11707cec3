import { type CellReader, plain } from '../../agreement/index.ts'

// The forms of region codes: eu-west-2, sa-santiago-1, us-gov-west-1; europe-west3, southamerica-west1.
const HYPHENED =
  /(?<![\p{L}\d-])([a-z]{2}(?:-[a-z]+)+-\d{1,2}|[a-z]+-(?:north|south|east|west|central)[a-z]*\d{1,2})(?![\p{L}\d-])/iu
// chilecentral, westeurope, eastus2: words without a hyphen look like ordinary ones, so they need a bracket or "region".
const JOINED =
  /(?:\(|\bregi[oó]n(?:es|s)?\s+|,\s+)((?!(?:north|south|east|west)+\b)(?:[a-z]{2,}?(?:north|south|east|west|central)+\d?|(?:north|south|east|west|central)+(?:us|europe|asia|india)\d?))(?![\p{L}-])/u
const NAME =
  /((?:\p{Lu}[\p{L}.'’]*|\d(?=\s))(?:[\s-]+(?:(?:de|del|do|da|dos|of|la|los|las|el)\s+)*\p{Lu}[\p{L}.'’]*)*)/u

/** RSD-2: the region that a sentence names: its code as written, and the words of the place beside it. */
export function regionIn(text: string, read: CellReader): { regionCode?: string; regionName?: string } {
  const match = HYPHENED.exec(text) ?? JOINED.exec(text)
  const code = match?.[1]
  if (!match || !code) {
    const name = namedAlone(text, read)
    return name ? { regionName: name } : {}
  }
  const at = text.indexOf(code, match.index)
  const before = text.slice(0, at).replace(/[\s(,:–—-]+$/, '')
  const after = text.slice(at + code.length)
  // "eu-north-1, spread over three zones": what follows is a place only when it begins like a name.
  const following = /^\s*[(,–—-]\s*(\p{Lu}[^()]*(?:\([^()]*\))?)/u.exec(after)?.[1]
  const name = bare(lastName(before), read) ?? bare(following, read)
  return { regionCode: code, ...(name ? { regionName: name } : {}) }
}

/** The capitalised words at the end of a text: `… takes place in AWS Santiago` gives `AWS Santiago`. */
function lastName(text: string): string | undefined {
  // "Europe (Stockholm)": the bracket is the place.
  const bracket = /\(([^()]+)\)$/.exec(text)?.[1]
  return new RegExp(`${NAME.source}$`, 'u').exec(bracket ?? text)?.[1]
}

// "the London region", "la región de Santiago": a place without a code.
function namedAlone(text: string, read: CellReader): string | undefined {
  const before = new RegExp(`${NAME.source}\\s+[Rr]egion`, 'u').exec(text)?.[1]
  const after = new RegExp(`[Rr]egi[oó]n(?:es)?\\s+(?:de\\s+|of\\s+)?${NAME.source}`, 'u').exec(text)?.[1]
  return bare(after, read) ?? bare(before, read)
}

// The provider's own name before the place ("AWS Santiago") is no part of the place, nor is the word "region".
function bare(name: string | undefined, read: CellReader): string | undefined {
  let rest = name?.replace(/[\s.,;:)]+$/, '').trim() ?? ''
  const aliases = read.parties.flatMap((party) => party.aliases)
  const words = [...aliases, 'region', 'the', 'all', 'la', 'el'].sort((a, b) => b.length - a.length)
  for (let again = true; again; ) {
    again = false
    for (const word of words) {
      const start = rest.split(/\s+/).slice(0, word.split(' ').length).join(' ')
      if (plain(start) !== word || rest === '') continue
      rest = rest.slice(start.length).trim()
      again = true
    }
  }
  return rest === '' ? undefined : rest
}
