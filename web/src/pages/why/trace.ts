import type { Shape } from '../../../../src/client/index.ts'
import { exactSum, isDecimal, sameNumber } from './exact.ts'

/** A node of a trace as the server gives it. */
export type TraceNode = Shape<'TraceNode'>

/** Where a node is: the indexes from the verdict down to it. The verdict itself is the empty path. */
export type Path = readonly number[]

/** The path as it stands in the address: `2.14`; the verdict is `0` levels deep, an empty text. */
export function pathText(path: Path): string {
  return path.join('.')
}

/** The path of an address; undefined when it leads nowhere in this trace. */
export function pathIn(root: TraceNode, text: string | undefined): Path | undefined {
  if (text === undefined || text === '') return []
  if (!/^\d+(\.\d+)*$/.test(text)) return undefined
  const path = text.split('.').map(Number)
  return nodeAt(root, path) === undefined ? undefined : path
}

/** The node at the end of a path. */
export function nodeAt(root: TraceNode, path: Path): TraceNode | undefined {
  let node: TraceNode | undefined = root
  for (const index of path) node = node?.children[index]
  return node
}

/** The nodes from the verdict to the end of a path, each with its own path. */
export function stepsTo(root: TraceNode, path: Path): { path: Path; node: TraceNode }[] {
  return [[], ...path.map((_, at) => path.slice(0, at + 1))].flatMap((each) => {
    const node = nodeAt(root, each)
    return node === undefined ? [] : [{ path: each, node }]
  })
}

/** A label and the value that stands in it: evidence tells `dataset of date: field = value` in one sentence. */
export interface Told {
  label: string
  value: string
}

const FIELD = /^(.*): ([^:=]+) = ([^=]*)$/s

/** What a node is called and what it comes to, as people read it. */
export function told(node: TraceNode): Told {
  if (node.valueText !== undefined && node.valueText !== '') return { label: node.label, value: node.valueText }
  const parts = node.kind === 'evidence' ? FIELD.exec(node.label) : null
  const [, before, field, value] = parts ?? []
  if (before === undefined || value === undefined) return { label: node.label, value: '' }
  return { label: `${before}: ${field}`, value: value.trim() }
}

/** The field of the evidence that a node speaks of, such as `minutesToResolve`. */
export function fieldOf(node: TraceNode): string | undefined {
  return node.kind === 'evidence' ? FIELD.exec(node.label)?.[2]?.trim() : undefined
}

/** A node's number as decimal text, whatever shape it has; undefined when it has none. */
export function numberOf(node: TraceNode): string | undefined {
  const { value } = node
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value)
  if (isDecimal(value)) return value
  if (typeof value === 'object' && value !== null)
    for (const key of ['amount', 'decimal', 'percent']) {
      const inner = (value as Record<string, unknown>)[key]
      if (isDecimal(inner)) return inner
    }
  const text = node.kind === 'evidence' ? told(node).value : ''
  return isDecimal(text) ? text : undefined
}

/** How a node comes of its children: their exact sum, their count, or some other way. */
export function arithmeticOf(node: TraceNode): 'sum' | 'count' | 'other' {
  const total = numberOf(node)
  if (total === undefined || node.children.length === 0) return 'other'
  const parts = node.children.map(numberOf)
  if (parts.every((each) => each !== undefined) && sameNumber(exactSum(parts), total)) return 'sum'
  return node.children.every((each) => each.kind === 'evidence') && sameNumber(String(node.children.length), total)
    ? 'count'
    : 'other'
}

/** What makes two neighbours alike, so that a long run of them is folded. */
function likeness(node: TraceNode): string {
  return [node.kind, node.evidence?.dataset ?? '', node.children.length > 0].join('|')
}

/** Children in runs of alike neighbours: `[first index, how many]`. */
export function runs(children: readonly TraceNode[]): { start: number; count: number }[] {
  const found: { start: number; count: number }[] = []
  children.forEach((child, index) => {
    const last = found.at(-1)
    const before = children[index - 1]
    if (last && before && likeness(before) === likeness(child)) last.count += 1
    else found.push({ start: index, count: 1 })
  })
  return found
}

/** How many nodes there are below one. */
export function sizeOf(node: TraceNode): number {
  return node.children.reduce((total, child) => total + 1 + sizeOf(child), 0)
}
