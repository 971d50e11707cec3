import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

/** Files by path from the root of the checkout, with `/` between folders. Fixtures are trees written by hand. */
export type Tree = ReadonlyMap<string, string>

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Every text file under the folders, except what git ignores anyway. */
export function readTree(...folders: string[]): Tree {
  const files = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(m?ts|mjs|yaml|md|sql)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  )
  return new Map(files.sort().map((file) => [pathInRoot(file), readFileSync(file, 'utf8')]))
}

/** A tree made by hand. */
export function treeOf(files: Record<string, string>): Tree {
  return new Map(Object.entries(files))
}

/** The TypeScript files of a tree. */
export function modules(tree: Tree): [path: string, text: string][] {
  return [...tree].filter(([path]) => path.endsWith('.ts'))
}

/** A list of the tidy test itself. */
export function readList<T>(name: string): T {
  return parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T
}

function pathInRoot(file: string): string {
  return file.slice(ROOT.length).split(sep).join('/')
}
