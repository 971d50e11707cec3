import { type KeyboardEvent, useRef } from 'react'
import { type Line, lineOfLetters } from './visible.ts'

/** What a key does: goes to a line, chooses one, or opens and closes some. */
export type Move = { to: number } | { choose: Line } | { toggle: readonly Line[]; open: boolean }

/** Gathers letters that are typed quickly one after the other; returns them all. */
export function useLetters(): (letter: string, time: number) => string {
  const typed = useRef({ text: '', time: Number.NEGATIVE_INFINITY })
  return (letter, time) => {
    const text = time - typed.current.time < 700 ? typed.current.text + letter : letter
    typed.current = { text, time }
    return text
  }
}

/** What a key does on a line of the tree, by the pattern for trees of WAI-ARIA; undefined when it is not the tree's. */
export function moveOf(
  event: KeyboardEvent,
  lines: readonly Line[],
  at: number,
  letters: (letter: string, time: number) => string,
): Move | undefined {
  const line = lines[at]
  if (!line || event.altKey || event.ctrlKey || event.metaKey) return undefined
  switch (event.key) {
    case 'ArrowDown':
      return { to: Math.min(lines.length - 1, at + 1) }
    case 'ArrowUp':
      return { to: Math.max(0, at - 1) }
    case 'Home':
      return { to: 0 }
    case 'End':
      return { to: lines.length - 1 }
    case 'Enter':
    case ' ':
      return { choose: line }
    case 'ArrowRight':
      return inward(lines, at)
    case 'ArrowLeft':
      return outward(lines, at)
    case '*':
      return { toggle: closedSiblings(lines, line), open: true }
  }
  if (event.key.length !== 1) return undefined
  const to = lineOfLetters(lines, at, letters(event.key, event.timeStamp))
  return to < 0 ? undefined : { to }
}

function inward(lines: readonly Line[], at: number): Move | undefined {
  const line = lines[at]
  if (line?.type === 'fold') return { choose: line }
  if (!line || line.node.children.length === 0) return undefined
  return line.open ? { to: at + 1 } : { toggle: [line], open: true }
}

function outward(lines: readonly Line[], at: number): Move | undefined {
  const line = lines[at]
  if (!line) return undefined
  if (line.type === 'node' && line.open) return { toggle: [line], open: false }
  const parent = lines.findLastIndex((each, index) => index < at && each.level < line.level)
  return parent < 0 ? undefined : { to: parent }
}

function closedSiblings(lines: readonly Line[], line: Line): Line[] {
  const parent = line.type === 'fold' ? line.parent : line.path.slice(0, -1)
  return lines.filter(
    (each) =>
      each.type === 'node' &&
      !each.open &&
      each.node.children.length > 0 &&
      each.path.length === parent.length + 1 &&
      parent.every((index, depth) => each.path[depth] === index),
  )
}
