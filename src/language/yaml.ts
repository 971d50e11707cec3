import { isCollection, isMap, isNode, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml'
import type { z } from 'zod'
import { message } from './message.ts'
import type { Problem } from './problem.ts'
import type { Span } from './span.ts'

/** A path into a YAML document: keys and indexes. */
export type Path = readonly (string | number)[]

// Real files alias nothing at all; a hundred leaves room for hand-made ones and stops exponential ones.
const MOST_ALIASES = 100
const DEEPEST = 200

/** A YAML file whose every value can be found again at its place. */
export class YamlSource {
  readonly file: string
  readonly problems: Problem[] = []
  /** The plain data; undefined when the text is no YAML. */
  readonly data: unknown
  readonly #lines = new LineCounter()
  readonly #root: Node | null = null

  constructor(text: string, file: string) {
    this.file = file
    try {
      if (depthOf(text) > DEEPEST) throw new RangeError('nested too deeply')
      const document = parseDocument(text, {
        lineCounter: this.#lines,
        schema: 'core',
        uniqueKeys: true,
        logLevel: 'error',
      })
      for (const error of document.errors) this.#broken(error.message.split('\n')[0] ?? '', error.pos[0])
      this.#root = document.contents as Node | null
      const data: unknown = this.problems.length === 0 ? document.toJS({ maxAliasCount: MOST_ALIASES }) : undefined
      if (holdsItself(data)) throw new RangeError('an alias stands within its own anchor')
      this.data = data
    } catch (error) {
      this.#broken(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error), 0)
    }
  }

  #broken(detail: string, offset: number): void {
    const { line, col } = this.#lines.linePos(offset)
    const where = { file: this.file, line: line || 1, column: col || 1, endLine: line || 1, endColumn: (col || 1) + 1 }
    this.problems.push({
      code: 'yaml/broken',
      where,
      message: message('yaml/broken', { detail }),
      fix: message('yaml/broken.fix'),
    })
  }

  /** The place of the value at a path, or of the nearest thing above it. */
  spanAt(path: Path): Span {
    let node: unknown = this.#root
    for (const step of path) {
      const next = isCollection(node) ? node.get(step, true) : undefined
      if (!isNode(next)) break
      node = next
    }
    return this.#spanOf(isNode(node) ? node : null)
  }

  /** The place of a key, for keys that should not be there. */
  spanOfKey(path: Path, key: string): Span {
    let node: unknown = this.#root
    for (const step of path) node = isCollection(node) ? node.get(step, true) : undefined
    const pair = isMap(node)
      ? node.items.find((each) => isPair(each) && isScalar(each.key) && each.key.value === key)
      : undefined
    return isNode(pair?.key) ? this.#spanOf(pair.key) : this.spanAt(path)
  }

  /** The characters that stand at a path, so that `1.50` stays `1.50` and never becomes a binary float. */
  textAt(path: Path): string | undefined {
    let node: unknown = this.#root
    for (const step of path) node = isCollection(node) ? node.get(step, true) : undefined
    if (!isScalar(node) || node.value === null) return undefined
    return typeof node.value === 'number' ? (node.source ?? String(node.value)) : String(node.value)
  }

  #spanOf(node: Node | null): Span {
    const [start, end] = node?.range ?? [0, 0]
    const a = this.#lines.linePos(start)
    const b = this.#lines.linePos(Math.max(start, end))
    return { file: this.file, line: a.line || 1, column: a.col || 1, endLine: b.line || 1, endColumn: b.col || 1 }
  }

  /** Validates the data, or a part of it, and reports every fault at its place. */
  check<T>(schema: z.ZodType<T>, path: Path = [], data: unknown = this.data): T | undefined {
    const parsed = schema.safeParse(data)
    if (parsed.success) return parsed.data
    for (const issue of parsed.error.issues) this.#report(issue, path)
    return undefined
  }

  #report(issue: z.core.$ZodIssue, path: Path): void {
    const at = [...path, ...(issue.path as (string | number)[])]
    const field = at.join('.') || '.'
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const where = this.spanOfKey(at, key)
        this.problems.push({
          code: 'yaml/unknown-field',
          where,
          message: message('yaml/unknown-field', { field: key }),
          fix: message('yaml/unknown-field.fix'),
        })
      }
      return
    }
    const where = this.spanAt(at)
    this.problems.push({
      code: 'yaml/bad-field',
      where,
      message: message('yaml/bad-field', { field, detail: issue.message }),
      fix: message('yaml/bad-field.fix'),
    })
  }
}

/** How deeply a text may nest, seen without parsing it: brackets open at once, or steps of indentation. */
function depthOf(text: string): number {
  let open = 0
  let deepest = 0
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 91 || code === 123) deepest = Math.max(deepest, ++open)
    else if ((code === 93 || code === 125) && open > 0) open -= 1
  }
  for (const [indent] of text.matchAll(/^ *(?:- )*/gm)) deepest = Math.max(deepest, indent.length / 2)
  return deepest
}

function holdsItself(value: unknown, above = new Set<unknown>(), sound = new Set<unknown>()): boolean {
  if (typeof value !== 'object' || value === null || sound.has(value)) return false
  if (above.has(value)) return true
  above.add(value)
  const isCyclic = Object.values(value).some((inner) => holdsItself(inner, above, sound))
  above.delete(value)
  sound.add(value)
  return isCyclic
}
