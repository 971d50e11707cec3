import { type Comment, parseSync } from 'oxc-parser'

/** A node of the syntax tree; what else it has depends on its type. */
export interface Node {
  type: string
  start: number
  end: number
  [part: string]: unknown
}

export interface Source {
  path: string
  text: string
  program: Node
  comments: Comment[]
}

const parsed = new Map<string, Source>()

/** Parses one file; a file that does not parse is a bug of its author, or of ours. */
export function parseSource(path: string, text: string): Source {
  const key = `${path}\n${text}`
  const known = parsed.get(key)
  if (known !== undefined) return known
  const result = parseSync(path, text)
  if (result.errors.length > 0) throw new Error(`${path}: ${result.errors[0]?.message}`)
  const source = { path, text, program: result.program as unknown as Node, comments: result.comments }
  parsed.set(key, source)
  return source
}

/** Calls `visit` for every node with the nodes above it, outermost first. */
export function walk(
  node: Node,
  visit: (node: Node, above: readonly Node[]) => void,
  above: readonly Node[] = [],
): void {
  visit(node, above)
  const deeper = [...above, node]
  for (const part of Object.values(node)) {
    for (const child of Array.isArray(part) ? part : [part]) {
      if (isNode(child)) walk(child, visit, deeper)
    }
  }
}

/** The nodes of one file that satisfy the condition. */
export function nodesOf(source: Source, wanted: (node: Node, above: readonly Node[]) => boolean): Node[] {
  const found: Node[] = []
  walk(source.program, (node, above) => {
    if (wanted(node, above)) found.push(node)
  })
  return found
}

/** The line on which an offset stands, counted from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1
  return line
}

/** Whether something is a node of the given types (of any type when none is given). */
export function isNode(value: unknown, ...types: string[]): value is Node {
  if (typeof value !== 'object' || value === null || typeof (value as Node).type !== 'string') return false
  return types.length === 0 || types.includes((value as Node).type)
}

/** The same for what is known to be a node; no type guard, so that a node of another type remains a node. */
export function isOf(node: Node, ...types: string[]): boolean {
  return types.includes(node.type)
}

/** The text of a literal string, if it is one. */
export function stringOf(node: unknown): string | undefined {
  return isNode(node, 'Literal') && typeof node.value === 'string' ? node.value : undefined
}

/** The text of a literal or template string; what a template fills in becomes a star. */
export function patternOf(node: unknown): string | undefined {
  if (!isNode(node, 'TemplateLiteral')) return stringOf(node)
  return (node.quasis as { value: { cooked: string } }[]).map((part) => part.value.cooked).join('*')
}

/** The name of an identifier, if it is one. */
export function nameOf(node: unknown): string | undefined {
  return isNode(node, 'Identifier', 'JSXIdentifier') ? String(node.name) : undefined
}

/** `a.b` as text, or undefined when the node is no plain member. */
export function memberOf(node: unknown): string | undefined {
  if (!isNode(node, 'MemberExpression')) return undefined
  const owner = nameOf(node.object) ?? memberOf(node.object)
  const property = node.computed ? stringOf(node.property) : nameOf(node.property)
  return owner === undefined || property === undefined ? undefined : `${owner}.${property}`
}
