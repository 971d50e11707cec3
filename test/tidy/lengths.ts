import { isNode, lineAt, type Node, nameOf, nodesOf, parseSource, walk } from './syntax.ts'
import { modules, type Tree } from './tree.ts'

const FILE_LINES = 400
const FUNCTION_LINES = 60
const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']

/** Files and functions that are longer than one can keep in mind. */
export function lengthViolations(tree: Tree): string[] {
  return modules(tree).flatMap(([path, text]) => {
    // What a script writes is as long as what it is made of.
    if (text.startsWith('// Made by scripts/')) return []
    const lines = text.trimEnd().split('\n').length
    const tooLong = functionsOf(path, text).filter((each) => each.lines > FUNCTION_LINES)
    return [
      ...(lines > FILE_LINES ? [`${path} has ${lines} lines, more than ${FILE_LINES}`] : []),
      ...tooLong.map(
        (each) => `${path}:${each.line} ${each.name} has ${each.lines} lines, more than ${FUNCTION_LINES}`,
      ),
    ]
  })
}

/** Every function of a file with its length; a function inside another counts for both. */
export function functionsOf(path: string, text: string): { name: string; line: number; lines: number }[] {
  const source = parseSource(path, text)
  const names = new Map<Node, string>()
  walk(source.program, (node) => {
    const name = nameOf(node.id) ?? nameOf(node.key)
    if (name !== undefined) for (const part of [node, node.init, node.value]) if (isNode(part)) names.set(part, name)
  })
  return nodesOf(source, (node) => FUNCTIONS.includes(node.type)).map((node) => {
    const line = lineAt(text, node.start)
    return { name: names.get(node) ?? 'a function', line, lines: lineAt(text, node.end) - line + 1 }
  })
}
