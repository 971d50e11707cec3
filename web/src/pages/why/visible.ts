import { nodeAt, type Path, pathText, runs, type TraceNode } from './trace.ts'

/** Alike leaves beyond so many are folded. */
const FOLD_BEYOND = 8
/** So are alike steps that have something below them, but later: each tells something of its own. */
const FOLD_STEPS_BEYOND = 40
/** How many more are shown each time a fold is opened. */
export const FOLD_PAGE = 100
/** Formulas with more children than this start closed. */
const OPEN_UP_TO = 12

/** A line of the tree: a node, or what is folded away behind the nodes before it. */
export type Line =
  | {
      type: 'node'
      key: string
      path: Path
      node: TraceNode
      level: number
      position: number
      siblings: number
      open: boolean
    }
  | { type: 'fold'; key: string; parent: Path; start: number; hidden: number; level: number }

/** What of a tree is open: nodes by the text of their path, and how many of a run are shown beyond the first ones. */
export interface Opened {
  nodes: ReadonlySet<string>
  folds: ReadonlyMap<string, number>
}

/** What is open when a trace is first seen: the verdict, short formulas, and everything above the chosen node. */
export function openedAtFirst(root: TraceNode, chosen: Path): Opened {
  const nodes = new Set<string>([''])
  const withChildren = root.children.filter((child) => child.children.length > 0).length
  root.children.forEach((child, index) => {
    if (child.children.length > 0 && (withChildren <= 3 || child.children.length <= OPEN_UP_TO) && withChildren <= 6)
      nodes.add(String(index))
  })
  return unfoldedTo(root, chosen, { nodes, folds: new Map() })
}

/** The same with everything above a node open and the run it stands in unfolded as far as the node. */
export function unfoldedTo(root: TraceNode, path: Path, opened: Opened): Opened {
  const nodes = new Set(opened.nodes)
  const folds = new Map(opened.folds)
  path.forEach((index, depth) => {
    const parent = path.slice(0, depth)
    nodes.add(pathText(parent))
    const children = nodeAt(root, parent)?.children ?? []
    const run = runs(children).find(({ start, count }) => index >= start && index < start + count)
    if (!run) return
    const key = foldKey(parent, run.start)
    const shown = shownOf(children[run.start], run.count, folds.get(key) ?? 0)
    const beyond = index - run.start + 1 - shown
    if (beyond > 0) folds.set(key, (folds.get(key) ?? 0) + beyond + FOLD_BEYOND / 2)
  })
  return { nodes, folds }
}

/** The key by which a run's fold is remembered. */
export function foldKey(parent: Path, start: number): string {
  return `${pathText(parent)}:${start}`
}

// A fold that would hide a single line is not worth its own.
function shownOf(first: TraceNode | undefined, count: number, more: number): number {
  const shown = more + (first !== undefined && first.children.length > 0 ? FOLD_STEPS_BEYOND : FOLD_BEYOND)
  return count <= shown + 1 ? count : shown
}

/** The lines of a tree from top to bottom, as far as they are open. */
export function linesOf(root: TraceNode, opened: Opened): Line[] {
  const lines: Line[] = []
  const add = (node: TraceNode, path: Path, position: number, siblings: number): void => {
    const key = pathText(path)
    const open = node.children.length > 0 && opened.nodes.has(key)
    lines.push({ type: 'node', key, path, node, level: path.length + 1, position, siblings, open })
    if (open) addChildren(node, path)
  }
  const addChildren = (node: TraceNode, path: Path): void => {
    for (const { start, count } of runs(node.children)) {
      const key = foldKey(path, start)
      const shown = shownOf(node.children[start], count, opened.folds.get(key) ?? 0)
      node.children.slice(start, start + shown).forEach((child, at) => {
        add(child, [...path, start + at], start + at + 1, node.children.length)
      })
      if (shown < count)
        lines.push({ type: 'fold', key, parent: path, start, hidden: count - shown, level: path.length + 2 })
    }
  }
  add(root, [], 1, 1)
  return lines
}

/** The line that typed letters lead to: the next one after `from` whose label begins so, else one that has the words in it. */
export function lineOfLetters(lines: readonly Line[], from: number, letters: string): number {
  const wanted = letters.toLocaleLowerCase()
  const order = lines.map((_, at) => (from + (letters.length === 1 ? 1 : 0) + at) % lines.length)
  const label = (at: number): string => {
    const line = lines[at]
    return line?.type === 'node' ? line.node.label.toLocaleLowerCase() : ''
  }
  return order.find((at) => label(at).startsWith(wanted)) ?? order.find((at) => label(at).includes(` ${wanted}`)) ?? -1
}
