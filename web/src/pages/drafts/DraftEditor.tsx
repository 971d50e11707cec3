import { history, historyKeymap, indentWithTab, standardKeymap } from '@codemirror/commands'
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from '@codemirror/lint'
import { EditorState, type Text } from '@codemirror/state'
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import type { DraftMark } from './marks.ts'
import { yamlColours } from './yaml-colours.ts'

/** What the editor is given. */
export interface DraftEditorProps {
  text: string
  /** Changes when `text` comes from elsewhere than the editor and has to replace what it shows. */
  revision: number
  marks: readonly DraftMark[]
  label: string
  /** The element that says how to leave with the keyboard. */
  describedBy: string
  /** A place to go to; a new object each time. */
  goal: { line: number; column: number } | undefined
  onChange: (text: string) => void
  onSave: () => void
}

/** The text of a draft with its faults marked at their place. */
export default function DraftEditor(props: DraftEditorProps) {
  const { text, revision, marks, goal } = props
  const parent = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | undefined>(undefined)
  const latest = useRef(props)
  latest.current = props
  useEffect(() => {
    if (!parent.current) return
    const made = new EditorView({ parent: parent.current, state: firstState(latest) })
    view.current = made
    return () => made.destroy()
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a text from elsewhere replaces what is being written.
  useEffect(() => {
    const shown = view.current
    if (shown && shown.state.doc.toString() !== text) {
      shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: text } })
    }
  }, [revision])
  useEffect(() => {
    const shown = view.current
    if (shown)
      shown.dispatch(
        setDiagnostics(
          shown.state,
          marks.map((mark) => diagnostic(mark, shown.state.doc)),
        ),
      )
  }, [marks])
  useEffect(() => {
    const shown = view.current
    if (!shown || !goal) return
    const at = offset(shown.state.doc, goal.line, goal.column)
    shown.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) })
    shown.focus()
  }, [goal])
  return <div className="draft-editor" ref={parent} />
}

function firstState(latest: React.RefObject<DraftEditorProps>): EditorState {
  const { text, label, describedBy } = latest.current
  const save = () => {
    latest.current.onSave()
    return true
  }
  return EditorState.create({
    doc: text,
    extensions: [
      EditorView.cspNonce.of(document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''),
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      lintGutter(),
      yamlColours,
      LOOK,
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        ...{ 'aria-label': label, 'aria-describedby': describedBy, spellcheck: 'false' },
        // What scrolls must be reachable by keyboard; axe does not take an editable text for that by itself.
        tabindex: '0',
      }),
      keymap.of([
        { key: 'Mod-s', run: save, preventDefault: true },
        ...standardKeymap,
        ...historyKeymap,
        ...lintKeymap,
        indentWithTab,
      ]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) latest.current.onChange(update.state.doc.toString())
      }),
    ],
  })
}

function diagnostic(mark: DraftMark, text: Text): Diagnostic {
  const { line, column, endLine, endColumn } = mark.place
  const from = offset(text, line, column)
  const to = Math.max(offset(text, endLine, endColumn), from)
  // An empty place would show nothing: its whole line is marked.
  const whole = to === from ? text.lineAt(from) : undefined
  return { from: whole?.from ?? from, to: whole?.to ?? to, severity: mark.severity, message: mark.message }
}

function offset(text: Text, line: number, column: number): number {
  const at = text.line(Math.min(Math.max(1, line), text.lines))
  return Math.min(at.from + Math.max(0, column - 1), at.to)
}

const wave = (colour: string) => ({
  backgroundImage: 'none',
  textDecoration: `underline wavy ${colour}`,
  textDecorationSkipInk: 'none',
  textUnderlineOffset: '3px',
})
const sign = (colour: string) => ({
  content: 'normal',
  width: '16px',
  textAlign: 'center',
  borderRadius: '8px',
  color: 'var(--draft-ground)',
  backgroundColor: colour,
  fontWeight: '700',
  fontSize: '11px',
  lineHeight: '16px',
})

// Colours come from the page's own variables, so that light and dark need no second editor.
const LOOK = EditorView.theme({
  '&': { color: 'var(--draft-text)', backgroundColor: 'var(--draft-ground)', fontSize: '14px' },
  '&.cm-focused': { outline: '2px solid var(--draft-focus)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--draft-text)', minHeight: '320px' },
  '.cm-cursor': { borderLeftColor: 'var(--draft-text)' },
  '.cm-gutters': { color: 'var(--draft-quiet)', backgroundColor: 'var(--draft-ground)', border: 'none' },
  '.cm-activeLine': { backgroundColor: 'var(--draft-line)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--draft-selection)',
  },
  '.draft-yaml-name': { color: 'var(--draft-name)' },
  '.draft-yaml-text': { color: 'var(--draft-string)' },
  '.draft-yaml-value': { color: 'var(--draft-number)' },
  '.draft-yaml-comment': { color: 'var(--draft-comment)', fontStyle: 'italic' },
  '.cm-lintRange-error': wave('var(--draft-error)'),
  '.cm-lintRange-warning': wave('var(--draft-warning)'),
  '.cm-lintRange-info': wave('var(--draft-info)'),
  '.cm-lint-marker': { width: '16px', height: '16px' },
  '.cm-lint-marker-error': sign('var(--draft-error)'),
  '.cm-lint-marker-error::before, .cm-lint-marker-warning::before': { content: '"!"' },
  '.cm-lint-marker-info::before': { content: '"i"' },
  '.cm-lint-marker-warning': sign('var(--draft-warning)'),
  '.cm-lint-marker-info': sign('var(--draft-info)'),
  '.cm-tooltip, .cm-panels': {
    color: 'var(--draft-text)',
    backgroundColor: 'var(--draft-ground)',
    border: '1px solid var(--draft-quiet)',
  },
  '.cm-panel.cm-panel-lint ul [aria-selected]': {
    color: 'var(--draft-text)',
    backgroundColor: 'var(--draft-selection)',
  },
  '.cm-diagnostic': { whiteSpace: 'pre-wrap' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--draft-error)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--draft-warning)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--draft-info)' },
})
