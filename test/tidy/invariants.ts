import {
  isNode,
  isOf,
  lineAt,
  memberOf,
  type Node,
  nameOf,
  nodesOf,
  parseSource,
  type Source,
  stringOf,
} from './syntax.ts'
import { modules, type Tree } from './tree.ts'

/** What `invariants.yaml` says. */
export interface InvariantList {
  pure: string[]
  timeless: string[]
  exceptions: { file: string; rule: string; why: string }[]
}

interface Rule {
  name: string
  applies(path: string, list: InvariantList): boolean
  broken(node: Node, above: readonly Node[], source: Source): boolean
}

const MACHINE = new Set([
  ...[
    'process',
    'console',
    'globalThis',
    'require',
    'eval',
    'fetch',
    'WebSocket',
    'performance',
    'crypto',
    'navigator',
  ],
  ...['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
])
const HARMLESS_BUILTINS = new Set(['node:assert', 'node:assert/strict', 'node:crypto'])
/** Hashing, which `node:crypto` also does, is no chance. */
const CHANCE =
  /(^|\.)(random|randomUUID|randomBytes|randomInt|randomFill|randomFillSync|getRandomValues|generateKey\w*)$/
const LOCAL_TIME = /^(get|set)(FullYear|Month|Date|Day|Hours|Minutes|Seconds)$|^getTimezoneOffset$/
const MONEY_WORDS = /money|price|amount|cost|fee|spend|revenue|budget|credit|\bminor\b|\bunits\b|usd/i
const NO_MONEY = /duration|length|count|days|months/i

const rules: Rule[] = [
  {
    name: 'reaches outside',
    applies: isPure,
    broken: (node, above) => isBuiltinImport(node) || (isFreeName(node, above) && MACHINE.has(String(node.name))),
  },
  {
    name: 'chance',
    applies: isTimeless,
    broken: (node) => CHANCE.test(memberOf(node) ?? '') || CHANCE.test(nameOf(node.imported) ?? ''),
  },
  {
    name: 'reads the clock',
    applies: isTimeless,
    broken: (node) => ['Date.now', 'Temporal.Now', 'performance.now'].includes(memberOf(node) ?? '') || isNowDate(node),
  },
  { name: 'makes a Date', applies: isPure, broken: (node) => isCallTo(node, 'Date') },
  { name: 'local time zone', applies: isTimeless, broken: (node) => isLocalTime(node) },
  { name: 'local language', applies: isTimeless, broken: (node) => isLocalLanguage(node) },
  {
    name: 'money as a float',
    applies: (path) => !['api', 'cli'].includes(folderOf(path)),
    broken: (node, _, source) => isNamed(node, 'parseFloat') || isFloatOfMoney(node, source.text),
  },
  {
    name: 'only the command line knows argv and ends the process',
    applies: (path) => folderOf(path) !== 'cli',
    broken: (node) => ['process.argv', 'process.exit', 'process.exitCode'].includes(memberOf(node) ?? ''),
  },
]

/** The names of all rules, for exceptions. */
export const RULE_NAMES = rules.map((rule) => rule.name)

/** Says where the code breaks an invariant that shows in a single file. */
export function invariantViolations(tree: Tree, list: InvariantList): string[] {
  const used = new Set<InvariantList['exceptions'][number]>()
  const found = modules(tree).flatMap(([path, text]) => {
    const source = parseSource(path, text)
    return rules
      .filter((rule) => rule.applies(path, list))
      .flatMap((rule) => {
        const broken = nodesOf(source, (node, above) => rule.broken(node, above, source))
        const exception = list.exceptions.find((each) => each.file === path && each.rule === rule.name)
        if (exception !== undefined && broken.length > 0) used.add(exception)
        return exception === undefined ? broken.map((node) => describe(rule, node, source)) : []
      })
  })
  const unused = list.exceptions.filter((each) => !used.has(each))
  return [...new Set(found), ...unused.map((each) => `needless exception: ${each.file} ${each.rule}`)]
}

function describe(rule: Rule, node: Node, { path, text }: Source): string {
  const [firstLine = ''] = text.slice(node.start, node.end).split('\n')
  return `${path}:${lineAt(text, node.start)} ${rule.name}: ${firstLine}`
}

function folderOf(path: string): string {
  return path.split('/')[1] ?? ''
}

function isPure(path: string, list: InvariantList): boolean {
  return list.pure.includes(folderOf(path)) && !path.endsWith('/registry.ts')
}

function isTimeless(path: string, list: InvariantList): boolean {
  return list.timeless.includes(folderOf(path))
}

function isBuiltinImport(node: Node): boolean {
  if (!isNode(node, 'ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression'))
    return false
  const specifier = stringOf(node.source) ?? ''
  return /^(node:|fs$|http$|https$|os$|net$|child_process$)/.test(specifier) && !HARMLESS_BUILTINS.has(specifier)
}

/** A name that stands for itself: neither `x.name` nor the key in `{ name: … }`. */
function isFreeName(node: Node, above: readonly Node[]): boolean {
  if (nameOf(node) === undefined) return false
  const parent = above.at(-1)
  if (parent === undefined) return true
  if (isOf(parent, 'MemberExpression')) return parent.object === node || parent.computed === true
  const keyed = isOf(
    parent,
    'Property',
    'TSPropertySignature',
    'TSMethodSignature',
    'MethodDefinition',
    'PropertyDefinition',
  )
  return !keyed || parent.key !== node || parent.shorthand === true
}

function isCallTo(node: Node, name: string): boolean {
  return isNode(node, 'CallExpression', 'NewExpression') && nameOf(node.callee) === name
}

function isNowDate(node: Node): boolean {
  return isCallTo(node, 'Date') && (node.type === 'CallExpression' || argumentsOf(node).length === 0)
}

function isLocalTime(node: Node): boolean {
  if (isOf(node, 'MemberExpression')) return LOCAL_TIME.test(nameOf(node.property) ?? '')
  if (!isOf(node, 'CallExpression', 'NewExpression') || memberOf(node.callee) !== 'Intl.DateTimeFormat') return false
  const options = argumentsOf(node)[1]
  if (options === undefined) return true
  const properties = isNode(options, 'ObjectExpression') ? (options.properties as Node[]) : undefined
  return (
    properties !== undefined &&
    !properties.some((each) => nameOf(each.key) === 'timeZone' || each.type === 'SpreadElement')
  )
}

function isLocalLanguage(node: Node): boolean {
  if (!isNode(node, 'CallExpression', 'NewExpression')) return false
  const given = argumentsOf(node).length
  if (memberOf(node.callee)?.startsWith('Intl.')) return given === 0
  const method = isNode(node.callee, 'MemberExpression') ? (nameOf(node.callee.property) ?? '') : ''
  return (/^toLocale\w+$/.test(method) && given === 0) || (method === 'localeCompare' && given < 2)
}

function isNamed(node: Node, name: string): boolean {
  return (
    isNode(node, 'CallExpression') &&
    (nameOf(node.callee) === name || memberOf(node.callee)?.endsWith(`.${name}`) === true)
  )
}

function isFloatOfMoney(node: Node, text: string): boolean {
  const converted = convertedToNumber(node)
  if (converted === undefined) return false
  const words = text.slice(converted.start, converted.end)
  return MONEY_WORDS.test(words) && !NO_MONEY.test(words)
}

function convertedToNumber(node: Node): Node | undefined {
  if (isNode(node, 'UnaryExpression') && node.operator === '+') return node.argument as Node
  if (!isNode(node, 'CallExpression')) return undefined
  if (nameOf(node.callee) === 'Number') return argumentsOf(node)[0]
  const method = isNode(node.callee, 'MemberExpression') ? node.callee : undefined
  return nameOf(method?.property) === 'toNumber' ? (method?.object as Node) : undefined
}

function argumentsOf(node: Node): Node[] {
  return node.arguments as Node[]
}
