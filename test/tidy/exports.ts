import { posix } from 'node:path'
import { isNode, isOf, lineAt, type Node, nameOf, parseSource, type Source, stringOf } from './syntax.ts'
import { modules, type Tree } from './tree.ts'

/** Something a file exports: declared there, or passed on from another. */
interface Export {
  name: string
  line: number
  isFunction: boolean
  documented: boolean
}

interface Exports {
  declared: Export[]
  /** Names passed on: `original` in `from` (`*` for all of it). */
  passedOn: { original: string; from: string }[]
}

/** Exports that others see and nobody explained: all that an index.ts offers, and every exported function. */
export function undocumentedExports(tree: Tree): string[] {
  const files = new Map(modules(tree).map(([path, text]) => [path, exportsOf(path, text)]))
  const offered = offeredByIndexes(files)
  return [...files].flatMap(([path, { declared }]) =>
    declared
      .filter((each) => !each.documented && (each.isFunction || offered.has(`${path}#${each.name}`)))
      .map((each) => `${path}:${each.line} ${each.name} has no doc comment`),
  )
}

/** `path#name` of all that index files offer. */
export function publicExports(tree: Tree): string[] {
  return [...offeredByIndexes(new Map(modules(tree).map(([path, text]) => [path, exportsOf(path, text)])))]
}

function offeredByIndexes(files: Map<string, Exports>): Set<string> {
  const offered = new Set<string>()
  const offer = (path: string, wanted: string): void => {
    const file = files.get(path)
    if (file === undefined || offered.has(`${path}#(${wanted})`)) return
    offered.add(`${path}#(${wanted})`)
    for (const { name } of file.declared) if (wanted === '*' || wanted === name) offered.add(`${path}#${name}`)
    for (const { original, from } of file.passedOn) {
      if (wanted === '*' || original === '*' || original === wanted) offer(from, original === '*' ? wanted : original)
    }
  }
  for (const path of files.keys()) if (posix.basename(path) === 'index.ts') offer(path, '*')
  return new Set([...offered].filter((each) => !each.endsWith(')')))
}

function exportsOf(path: string, text: string): Exports {
  const source = parseSource(path, text)
  const body = source.program.body as Node[]
  const imported = importedNames(path, body)
  const found: Exports = { declared: [], passedOn: [] }
  for (const node of body) {
    const from = fileOf(path, node.source)
    if (isNode(node, 'ExportAllDeclaration') && from !== undefined) found.passedOn.push({ original: '*', from })
    if (isNode(node, 'ExportDefaultDeclaration')) found.declared.push(...declarationsOf(node.declaration, node, source))
    if (!isNode(node, 'ExportNamedDeclaration')) continue
    found.declared.push(...declarationsOf(node.declaration, node, source))
    for (const specifier of node.specifiers as Node[]) {
      const original = nameOf(specifier.local) ?? 'default'
      const origin = from !== undefined ? { original, from } : imported.get(original)
      if (origin !== undefined) found.passedOn.push(origin)
      else found.declared.push(...declaredElsewhere(original, body, source))
    }
  }
  return { ...found, declared: firstOfEach(found.declared) }
}

/** Overloads share the comment of the first. */
function firstOfEach(declared: Export[]): Export[] {
  return declared.filter((each, at) => declared.findIndex((other) => other.name === each.name) === at)
}

/** `const a = 1; export { a }`: the comment stands at the declaration. */
function declaredElsewhere(name: string, body: Node[], source: Source): Export[] {
  return body.flatMap((node) => declarationsOf(node, node, source)).filter((each) => each.name === name)
}

function importedNames(path: string, body: Node[]): Map<string, { original: string; from: string }> {
  const names = new Map<string, { original: string; from: string }>()
  for (const node of body) {
    const from = isNode(node, 'ImportDeclaration') ? fileOf(path, node.source) : undefined
    if (from === undefined) continue
    for (const specifier of node.specifiers as Node[]) {
      const local = nameOf(specifier.local)
      if (local !== undefined) names.set(local, { original: nameOf(specifier.imported) ?? '*', from })
    }
  }
  return names
}

function fileOf(path: string, source: unknown): string | undefined {
  const specifier = stringOf(source)
  return specifier?.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined
}

function declarationsOf(declaration: unknown, statement: Node, source: Source): Export[] {
  if (!isNode(declaration)) return []
  const shared = { line: lineAt(source.text, statement.start), documented: isDocumented(statement, source) }
  if (isOf(declaration, 'VariableDeclaration')) {
    return (declaration.declarations as Node[]).map((each) => ({
      ...shared,
      name: nameOf(each.id) ?? '(several)',
      isFunction: isNode(each.init, 'ArrowFunctionExpression', 'FunctionExpression'),
    }))
  }
  const name = nameOf(declaration.id)
  const isFunction = isOf(declaration, 'FunctionDeclaration', 'TSDeclareFunction')
  if (name === undefined) return isFunction ? [{ ...shared, name: 'default', isFunction }] : []
  return [{ ...shared, name, isFunction }]
}

/** A doc comment stands directly above; other comments, as for the linter, may stand between. */
function isDocumented(statement: Node, { comments, text }: Source): boolean {
  let top = statement.start
  for (const comment of [...comments].reverse()) {
    if (comment.end > top) continue
    if (text.slice(comment.end, top).trim() !== '') return false
    if (comment.type === 'Block' && comment.value.startsWith('*')) return /\p{L}/u.test(comment.value)
    top = comment.start
  }
  return false
}
