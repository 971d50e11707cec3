import { posix } from 'node:path'
import { isNode, lineAt, type Node, nodesOf, parseSource, patternOf } from './syntax.ts'
import { modules, type Tree } from './tree.ts'

/** What `imports.yaml` says. */
export interface ImportTable {
  folders: Record<string, string[]>
  rooms: string[]
  packages: Record<string, string[]>
}

export interface Import {
  from: string
  line: number
  /** What is written, with a star for what a template fills in; undefined when all of it is computed. */
  specifier: string | undefined
  /** The file in the tree that a relative specifier means. */
  to: string | undefined
}

/** Every import of a file: static, type-only, re-exported, dynamic, in a type, and data read by `new URL(…, import.meta.url)`. */
export function importsOf(path: string, text: string): Import[] {
  const source = parseSource(path, text)
  return nodesOf(source, (node) => specifierNode(node) !== undefined).map((node) => {
    const pattern = patternOf(specifierNode(node))
    // Without a beginning nobody knows where it leads.
    const specifier = pattern?.startsWith('*') ? undefined : pattern
    const relative = specifier?.startsWith('.') ?? false
    const to = relative ? posix.join(posix.dirname(path), specifier ?? '') : undefined
    return { from: path, line: lineAt(text, node.start), specifier, to }
  })
}

function specifierNode(node: Node): unknown {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
    case 'TSImportType':
      return node.source
    case 'ExportNamedDeclaration':
      return node.source ?? undefined
    case 'TSExternalModuleReference':
      return node.expression
    case 'NewExpression':
      return isDataUrl(node) ? (node.arguments as unknown[])[0] : undefined
    default:
      return undefined
  }
}

/** `new URL('./x.yaml', import.meta.url)` reaches into a folder as an import does. */
function isDataUrl(node: Node): boolean {
  const [place, base] = node.arguments as unknown[]
  const ofModule = isNode(base, 'MemberExpression') && isNode(base.object, 'MetaProperty')
  return isNode(node.callee, 'Identifier') && node.callee.name === 'URL' && ofModule && patternOf(place) !== undefined
}

/** Says what is wrong with the imports of a whole tree: who imports whom, packages, cycles, folders nobody knows. */
export function importViolations(tree: Tree, table: ImportTable): string[] {
  const imports = modules(tree).flatMap(([path, text]) => importsOf(path, text))
  return [
    ...unknownFolders(tree, table),
    ...imports.flatMap((each) => judge(each, table).map((reason) => `${each.from}:${each.line} ${reason}`)),
    ...cycles(imports, tree),
    ...unregistered(imports, tree, table),
  ]
}

function judge(each: Import, table: ImportTable): string[] {
  const from = placeOf(each.from, table)
  if (each.specifier === undefined) {
    return ['api', 'cli'].includes(from.folder) ? [] : ['imports something computed, which nobody can check']
  }
  if (each.to === undefined) return judgePackage(each.specifier, from, table)
  const reason = judgeRelative(from, placeOf(each.to, table), table)
  return reason === undefined ? [] : [`may not import ${each.to}: ${reason}`]
}

function judgePackage(specifier: string, from: Place, table: ImportTable): string[] {
  const rule = Object.entries(table.packages).find(([name]) =>
    name.endsWith('/') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`),
  )
  if (rule === undefined || from.folder === '' || rule[1].includes(from.folder)) return []
  return [`may not import ${specifier}: only ${rule[1].join(' and ')} may`]
}

interface Place {
  folder: string
  room: string | undefined
  file: string
}

function placeOf(path: string, table: ImportTable): Place {
  const [top, folder = '', ...rest] = path.split('/')
  if (top !== 'src') return { folder: '(outside src)', room: undefined, file: path }
  if (rest.length === 0) return { folder: '', room: undefined, file: folder }
  const inRoom = table.rooms.includes(folder) && rest.length > 1
  return { folder, room: inRoom ? rest[0] : undefined, file: inRoom ? rest.slice(1).join('/') : rest.join('/') }
}

function judgeRelative(from: Place, to: Place, table: ImportTable): string | undefined {
  // The package's own manifest lies at the same place beside src and beside dist; only the command line asks its version.
  if (to.file === 'package.json' && from.folder === 'cli') return undefined
  if (to.folder === '(outside src)') return 'src stands alone'
  if (to.folder === '') return 'src/index.ts is for those outside'
  if (from.folder !== to.folder) {
    const allowed = from.folder === '' || (table.folders[from.folder] ?? []).includes(to.folder)
    if (!allowed) return `${from.folder} may not know ${to.folder}`
    return to.room !== undefined && to.file !== 'index.ts' ? `a room is seen through its index.ts alone` : undefined
  }
  if (from.room === to.room) return undefined
  if (from.room === undefined) return judgeFromShared(from, to)
  if (to.room !== undefined) return 'rooms never import sibling rooms'
  return to.file === 'registry.ts' ? 'the registry knows the rooms, not the other way round' : undefined
}

function judgeFromShared(from: Place, to: Place): string | undefined {
  if (from.file !== 'registry.ts') return 'only the registry knows the rooms'
  const open = to.file === 'index.ts' || !to.file.endsWith('.ts')
  return open ? undefined : 'a room is seen through its index.ts alone'
}

function unknownFolders(tree: Tree, table: ImportTable): string[] {
  const folders = new Set(
    [...tree.keys()].filter((path) => path.split('/').length > 2).map((path) => path.split('/')[1] ?? ''),
  )
  return [...folders]
    .filter((folder) => table.folders[folder] === undefined)
    .map((folder) => `src/${folder} is not in test/tidy/imports.yaml`)
}

/** A registry that forgets a room makes it dead code that still looks tested. */
function unregistered(imports: Import[], tree: Tree, table: ImportTable): string[] {
  return table.rooms.flatMap((folder) => {
    const registry = `src/${folder}/registry.ts`
    if (!tree.has(registry)) return []
    const known = new Set(imports.filter((each) => each.from === registry).map((each) => each.to))
    return roomsOf(tree, folder)
      .filter((room) => !known.has(`src/${folder}/${room}/index.ts`))
      .map((room) => `${registry} does not import src/${folder}/${room}/index.ts`)
  })
}

/** The rooms of a folder, by name. */
export function roomsOf(tree: Tree, folder: string): string[] {
  const inside = [...tree.keys()]
    .map((path) => path.split('/'))
    .filter((parts) => parts[1] === folder && parts.length > 3)
  return [...new Set(inside.map((parts) => parts[2] ?? ''))]
}

/** Groups of files that import each other in a circle, types included. */
function cycles(imports: Import[], tree: Tree): string[] {
  const edges = new Map<string, string[]>()
  for (const { from, to } of imports) {
    if (to !== undefined && tree.has(to)) edges.set(from, [...(edges.get(from) ?? []), to])
  }
  const done = new Set<string>()
  const found: string[] = []
  const visit = (file: string, path: string[]): void => {
    const begun = path.indexOf(file)
    if (begun !== -1) found.push(`cycle: ${[...path.slice(begun), file].join(' → ')}`)
    if (begun !== -1 || done.has(file)) return
    for (const next of edges.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of edges.keys()) visit(file, [])
  return found
}
