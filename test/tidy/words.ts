import { posix } from 'node:path'
import { isNode, lineAt, type Node, nameOf, parseSource, type Source, stringOf, walk } from './syntax.ts'
import { modules, type Tree } from './tree.ts'

/** What `words.yaml` says. */
export interface WordList {
  empty: string[]
  exceptions: { file: string; word: string; why: string }[]
}

/** A word (or several, as in "service level") that must not be used, and for which term. */
export interface BannedWord {
  words: string[]
  term: string
}

interface Use {
  file: string
  line: number
  word: string
  message: string
}

/** The synonyms that `language/terms.yaml` bans, wherever in its structure a `banned:` list stands. */
export function bannedSynonyms(terms: unknown, term = ''): BannedWord[] {
  if (typeof terms !== 'object' || terms === null) return []
  const named = Array.isArray(terms) ? term : ownName(terms as Record<string, unknown>, term)
  return Object.entries(terms).flatMap(([key, value]) => {
    if (key === 'banned') return textsIn(value).map((text) => ({ words: splitWords(text), term: named }))
    return bannedSynonyms(value, Array.isArray(terms) ? named : key)
  })
}

function ownName(entry: Record<string, unknown>, fallback: string): string {
  const name = entry.id ?? entry.term
  return typeof name === 'string' ? name : fallback
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Says where a banned word is used: in file names, in identifiers, in comments and in the rooms' READMEs. */
export function wordViolations(tree: Tree, banned: BannedWord[], list: WordList): string[] {
  const empty = list.empty.map((word) => ({ words: [word], term: '' }))
  const uses = [
    ...[...tree.keys()].flatMap((path) => usesIn(fileNameWords(path), [...banned, ...empty], path, 1, 'file name')),
    ...modules(tree).flatMap(([path, text]) => usesInModule(parseSource(path, text), banned, empty)),
    ...[...tree].flatMap(([path, text]) => (path.endsWith('.md') ? usesInProse(text, banned, path) : [])),
  ]
  const allowed = (use: Use) => list.exceptions.some((each) => each.file === use.file && each.word === use.word)
  const needless = list.exceptions.filter(
    (each) => !uses.some((use) => use.file === each.file && use.word === each.word),
  )
  return [
    ...new Set(uses.filter((use) => !allowed(use)).map((use) => `${use.file}:${use.line} ${use.message}`)),
    ...needless.map((each) => `needless exception: ${each.file} ${each.word}`),
  ]
}

function usesInModule(source: Source, banned: BannedWord[], empty: BannedWord[]): Use[] {
  const { path, text } = source
  return [
    ...ownNames(source).flatMap((node) =>
      usesIn(splitWords(String(node.name)), [...banned, ...empty], path, lineAt(text, node.start), String(node.name)),
    ),
    ...source.comments.flatMap((comment) => usesInProse(comment.value, banned, path, lineAt(text, comment.start))),
  ]
}

/** Names we chose: not the members and exports of other people's code. */
function ownNames(source: Source): Node[] {
  const foreign = new Set<string>()
  const names: Node[] = []
  walk(source.program, (node, above) => {
    const parent = above.at(-1)
    if (isNode(node, 'ImportDeclaration') && !stringOf(node.source)?.startsWith('.')) {
      for (const specifier of node.specifiers as Node[]) foreign.add(nameOf(specifier.local) ?? '')
    }
    if (nameOf(node) === undefined) return
    const isMember = isNode(parent, 'MemberExpression') && parent.property === node && parent.computed !== true
    const isForeignExport = isNode(parent, 'ImportSpecifier') && parent.imported === node
    if (!isMember && !isForeignExport) names.push(node)
  })
  return names.filter((node) => !foreign.has(String(node.name)))
}

/** Code, links and quotations in prose are not our words. */
function usesInProse(text: string, banned: BannedWord[], path: string, firstLine = 1): Use[] {
  const blank = (whole: string) => whole.replace(/[^\n]/g, ' ')
  const prose = text
    .replace(/^```[\s\S]*?^```/gm, blank)
    .replace(/`[^`\n]*`|"[^"\n]*"|“[^”\n]*”|«[^»\n]*»|\bhttps?:\/\/\S+|\]\([^)]*\)/g, blank)
  return prose.split('\n').flatMap((line, at) => usesIn(splitWords(line), banned, path, firstLine + at, line.trim()))
}

function usesIn(words: string[], banned: BannedWord[], file: string, line: number, where: string): Use[] {
  return banned
    .filter((each) => words.some((_, at) => each.words.every((word, next) => isSameWord(words[at + next], word))))
    .map(({ words: [...found], term }) => {
      const word = found.join(' ')
      const advice = term === '' ? 'says nothing about what it is for' : `is banned, the word is "${term}"`
      return { file, line, word, message: `"${word}" ${advice}: ${where.slice(0, 80)}` }
    })
}

function isSameWord(used: string | undefined, banned: string): boolean {
  return used === banned || used === `${banned}s` || used === `${banned}es`
}

function fileNameWords(path: string): string[] {
  return [...splitWords(posix.dirname(path).split('/').at(-1) ?? ''), ...splitWords(posix.basename(path))]
}

/** `serviceLevels`, `service-levels` and "Service levels" are the same two words. */
function splitWords(text: string): string[] {
  return text
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== '')
}
