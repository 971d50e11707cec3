import type { Facts } from '../facts/index.ts'
import type { Block } from './blocks.ts'
import type { Cell, Party } from './clause.ts'
import { vocabulary } from './values.ts'
import { plain, plainLabel } from './words.ts'

const SEPARATOR = /\s+\/\s+|\s+(?:and|y|&|e)\s+(?=[A-ZÁÉÍÓÚÑ])|\s*;\s*|\s+[–—]\s+|\s+-\s+/

/** Finds who the agreement is between, from a `Parties` row or rows that name each side. */
export function findParties(blocks: readonly Block[], facts: Facts): Party[] {
  const found: { name: string; cell: Cell; side?: 'partner' | 'provider' }[] = []
  for (const { label, value } of labelledValues(blocks)) {
    const word = plainLabel(label)
    if (vocabulary.partyLabels.parties.includes(word)) {
      for (const name of value.text.replace(/^(?:between|entre)\s+/i, '').split(SEPARATOR))
        found.push({ name, cell: value })
    } else {
      const side = (['provider', 'partner'] as const).find((each) => vocabulary.partyLabels[each].includes(word))
      if (side && /^[\p{Lu}\d"“]/u.test(value.text)) found.push({ name: value.text, cell: value, side })
    }
    if (found.length >= 2 && new Set(found.map((each) => plain(each.name))).size >= 2) break
  }
  if (found.length < 2) found.push(...betweenIn(blocks))
  return assignSides(found.filter((each) => each.name.trim() !== '').slice(0, 2), facts)
}

// "… is made between Andes Cloud SpA ("the Partner") and Amazon Web Services EMEA SARL": prose names both in one sentence.
const BETWEEN =
  /(?:^|[\s,(])(?:[Bb]etween|[Ee]ntre)\s+(?:el\s+|la\s+|the\s+)?(\p{Lu}[^;:]{1,120}?)\s*,?\s+(?:and|y|e)\s+(?:el\s+|la\s+|the\s+)?(\p{Lu}.{1,140})/u
const NAME_END =
  /\)|[;:]|,\s+(?!inc|llc|ltd|s\.|l\.)|\.\s+(?=\p{Lu})|\s+(?:dated|effective|with effect|for the|para la|para el|con fecha|de fecha|on \d|el \d)/iu

function betweenIn(blocks: readonly Block[]): { name: string; cell: Cell }[] {
  for (const block of blocks.slice(0, 20)) {
    if (block.form !== 'paragraph' && block.form !== 'item' && block.form !== 'heading') continue
    const text = block.form === 'heading' ? block.text : block.lines.map((line) => line.text).join(' ')
    const match = BETWEEN.exec(text)
    if (!match?.[1] || !match[2]) continue
    const end = NAME_END.exec(match[2])
    const second = end ? match[2].slice(0, end.index + (end[0] === ')' ? 1 : 0)) : match[2].replace(/\.$/, '')
    const cell: Cell = { text, span: block.span, column: '' }
    return [match[1], second].map((name) => ({ name: name.trim(), cell }))
  }
  return []
}

function* labelledValues(blocks: readonly Block[]): Generator<{ label: string; value: Cell }> {
  for (const block of blocks) {
    if (block.form === 'table') {
      for (const { cells } of block.rows) if (cells[0] && cells[1]) yield { label: cells[0].text, value: cells[1] }
    } else if (block.form === 'paragraph' || block.form === 'item') {
      for (const line of block.lines) {
        const colon = line.text.indexOf(':')
        if (colon <= 0 || colon > 60) continue
        yield {
          label: line.text.slice(0, colon),
          value: { text: line.text.slice(colon + 1).trim(), span: line.span, column: '' },
        }
      }
    }
  }
}

function assignSides(found: { name: string; cell: Cell; side?: 'partner' | 'provider' }[], facts: Facts): Party[] {
  const sides = found.map(
    (each) => each.side ?? (facts.providerNamed(each.name) ? 'provider' : sideInBrackets(each.name)),
  )
  // With only one side known the other party is the other side; with none known the partner is named first, as is usual.
  const resolved = sides.map(
    (side, at) =>
      side ??
      (sides[1 - at] === 'provider'
        ? 'partner'
        : sides[1 - at] === 'partner'
          ? 'provider'
          : at === 0
            ? 'partner'
            : 'provider'),
  )
  return found.map(({ name, cell }, at) => {
    const side = resolved[at] ?? 'partner'
    return { name: cleanName(name), side, aliases: aliasesOf(name, side, facts), span: cell.span }
  })
}

function sideInBrackets(name: string): 'partner' | 'provider' | undefined {
  const inside = plain(/\(([^)]*)\)/.exec(name)?.[1] ?? '')
  return (['provider', 'partner'] as const).find((side) =>
    vocabulary.partyWords[side].some((word) => inside.includes(word)),
  )
}

const FORM = [...vocabulary.legalForms]
  .sort((a, b) => b.length - a.length)
  .map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  .join('|')
// "Andes Cloud SpA, Santiago": where a company sits is no part of its name, but "Globex, S.A., Lima" has a form after the comma.
const SEAT = new RegExp(`^(.+?[\\s,](?:${FORM})\\.?)\\s*,\\s+(?!(?:${FORM})(?:[\\s.,]|$)).+$`, 'isu')

function cleanName(name: string): string {
  return name
    .replace(/\s*\([^)]*\)/g, '')
    .replace(/[“”"]/g, '')
    .replace(SEAT, '$1')
    .trim()
}

/** Short names the text may use: without legal form, first word, initials, quoted aliases, and what facts know. */
export function aliasesOf(name: string, side: 'partner' | 'provider', facts: Facts): string[] {
  const bracketed = [...name.matchAll(/["“(]\s*(?:the\s+|el\s+|la\s+)?["“]?([^"”)]+?)["”]?\s*[")”]/g)].map((match) =>
    plainLabel(match[1] ?? ''),
  )
  const clean = plain(cleanName(name))
  let bare = clean
  for (const form of [...vocabulary.legalForms].sort((a, b) => b.length - a.length)) {
    if (bare.endsWith(` ${form}`)) bare = bare.slice(0, -form.length - 1).replace(/,$/, '')
  }
  const words = plainLabel(bare).split(' ').filter(Boolean)
  const initials = words
    .filter((word) => !vocabulary.legalForms.includes(word))
    .slice(0, 3)
    .map((word) => word[0])
    .join('')
  const known = side === 'provider' ? (facts.providerNamed(name)?.aliases ?? []).map(plainLabel) : []
  const first = words[0] && words[0].length >= 3 ? [words[0]] : []
  const all = [
    plainLabel(clean),
    plainLabel(bare),
    ...first,
    ...(initials.length >= 3 ? [initials] : []),
    ...bracketed,
    ...known,
  ]
  return [...new Set(all.filter((alias) => alias.length >= 2))]
}
