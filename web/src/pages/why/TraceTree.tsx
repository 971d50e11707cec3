import { type CSSProperties, type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useFormat, useWords } from '../../frame/index.ts'
import { totalOf } from './Arithmetic.tsx'
import { KindIcon } from './KindIcon.tsx'
import { type Path, pathText, type TraceNode, told } from './trace.ts'
import { type Move, moveOf, useLetters } from './tree-keys.ts'
import { FOLD_PAGE, type Line, linesOf, type Opened, openedAtFirst, unfoldedTo } from './visible.ts'

interface TraceTreeProps {
  root: TraceNode
  chosen: Path
  onChoose: (path: Path) => void
}

/** The trace as a tree: arrows, Home, End and letters move, Enter chooses, long runs of alike nodes are folded. */
export function TraceTree({ root, chosen, onChoose }: TraceTreeProps) {
  const words = useWords()
  const [opened, setOpened] = useOpened(root, chosen)
  const lines = useMemo(() => linesOf(root, opened), [root, opened])
  const chosenKey = pathText(chosen)
  const [focused, setFocused] = useState(chosenKey)
  const list = useRef<HTMLDivElement>(null)
  const letters = useLetters()
  const unfolded = useRef<number>(undefined)
  const focusedAt = Math.max(0, indexOf(lines, focused) ?? indexOf(lines, chosenKey) ?? 0)

  const focusLine = (at: number): void => {
    const line = lines[at]
    if (!line) return
    setFocused(line.key)
    list.current?.querySelector<HTMLElement>(`[data-at="${at}"]`)?.focus()
  }
  const toggle = (line: Line, open?: boolean): void => setOpened((before) => toggled(before, line, open))
  const choose = (line: Line): void => {
    if (line.type === 'node') onChoose(line.path)
    else {
      toggle(line)
      unfolded.current = lines.indexOf(line)
    }
  }
  // What was folded away now stands where the fold stood: the focus goes to its first line.
  useEffect(() => {
    const at = unfolded.current
    if (at === undefined) return
    unfolded.current = undefined
    focusLine(at)
  })
  const act = (move: Move): void => {
    if ('to' in move) focusLine(move.to)
    else if ('choose' in move) choose(move.choose)
    else for (const line of move.toggle) toggle(line, move.open)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const move = moveOf(event, lines, focusedAt, letters)
    if (move === undefined) return
    event.preventDefault()
    act(move)
  }
  return (
    <div ref={list} role="tree" aria-label={words('why.tree')} className="why-tree" tabIndex={-1}>
      {lines.map((line, at) => (
        <TreeLine
          key={`${line.type} ${line.key}`}
          line={line}
          at={at}
          chosen={line.type === 'node' && line.key === chosenKey}
          reachable={at === focusedAt}
          onFocus={() => setFocused(line.key)}
          onKeyDown={onKeyDown}
          onToggle={() => toggle(line)}
          onChoose={() => {
            if (line.type === 'node' && line.node.children.length > 0 && (line.key === chosenKey || !line.open))
              toggle(line)
            choose(line)
          }}
        />
      ))}
    </div>
  )
}

function indexOf(lines: readonly Line[], key: string): number | undefined {
  const at = lines.findIndex((line) => line.key === key)
  return at < 0 ? undefined : at
}

/** What is open, kept while the node that the address names changes; whatever hides that node is opened. */
function useOpened(root: TraceNode, chosen: Path) {
  const [opened, setOpened] = useState<Opened>(() => openedAtFirst(root, chosen))
  const key = pathText(chosen)
  const shown = useRef(key)
  useEffect(() => {
    if (shown.current === key) return
    shown.current = key
    setOpened((before) => unfoldedTo(root, chosen, before))
  }, [key, root, chosen])
  return [opened, setOpened] as const
}

function toggled(before: Opened, line: Line, open?: boolean): Opened {
  if (line.type === 'fold') {
    const folds = new Map(before.folds)
    folds.set(line.key, (folds.get(line.key) ?? 0) + FOLD_PAGE)
    return { ...before, folds }
  }
  const nodes = new Set(before.nodes)
  if (open ?? !nodes.has(line.key)) nodes.add(line.key)
  else nodes.delete(line.key)
  return { ...before, nodes }
}

interface TreeLineProps {
  line: Line
  at: number
  chosen: boolean
  reachable: boolean
  onFocus: () => void
  onKeyDown: (event: KeyboardEvent) => void
  onToggle: () => void
  onChoose: () => void
}

function TreeLine(props: TreeLineProps) {
  const { line, ...rest } = props
  return line.type === 'fold' ? <FoldLine {...rest} line={line} /> : <NodeLine {...rest} line={line} />
}

type Of<Type extends Line['type']> = Omit<TreeLineProps, 'line'> & { line: Extract<Line, { type: Type }> }

function FoldLine({ line, at, reachable, onFocus, onKeyDown, onChoose }: Of<'fold'>) {
  const words = useWords()
  return (
    <div
      role="treeitem"
      tabIndex={reachable ? 0 : -1}
      data-at={at}
      aria-level={line.level}
      aria-selected={false}
      className="why-line why-fold"
      style={indent(line)}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={onChoose}
    >
      <span className="why-twist" aria-hidden="true" />
      <span className="why-label">{words('why.more', { count: line.hidden })}</span>
      <span className="why-value">
        {line.hidden > FOLD_PAGE ? words('why.next', { count: FOLD_PAGE }) : words('why.show')}
      </span>
    </div>
  )
}

function NodeLine({ line, at, chosen, reachable, onFocus, onKeyDown, onToggle, onChoose }: Of<'node'>) {
  const words = useWords()
  const format = useFormat()
  const { node, open } = line
  const value = totalOf(node, format)
  const parent = node.children.length > 0
  return (
    <div
      role="treeitem"
      tabIndex={reachable ? 0 : -1}
      data-at={at}
      aria-level={line.level}
      aria-selected={chosen}
      aria-expanded={parent ? open : undefined}
      aria-setsize={line.siblings}
      aria-posinset={line.position}
      className={`why-line${chosen ? ' why-chosen' : ''}`}
      style={indent(line)}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={onChoose}
    >
      <Twist open={parent ? open : undefined} onToggle={onToggle} />
      <KindIcon kind={node.kind} />
      <span className="why-text">
        <span className="why-kind">{words(`why.kind.${node.kind}`)}</span>{' '}
        <span className="why-label">{told(node).label}</span>
      </span>
      {value !== '' && <span className="why-value">{value}</span>}
    </div>
  )
}

function indent({ level }: Line): CSSProperties {
  return { '--level': level - 1 } as CSSProperties
}

// The keyboard has the arrows for it; for a pointer it is its own target.
function Twist({ open, onToggle }: { open: boolean | undefined; onToggle: () => void }) {
  return (
    <span
      className={`why-twist${open === undefined ? '' : open ? ' why-open' : ' why-closed'}`}
      aria-hidden="true"
      onClick={(event) => {
        if (open === undefined) return
        event.stopPropagation()
        onToggle()
      }}
    />
  )
}
