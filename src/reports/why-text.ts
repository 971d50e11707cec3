import { type EvidenceRef, message, printable, type Speaker, type TraceNode } from '../language/index.ts'
import type { StandingLine } from '../standing/index.ts'
import { look, type Paper, wrap } from './paper.ts'

/** Why one clause stands where it stands: the clause's words, then the trace as a tree. */
export function whyAsText(
  line: StandingLine,
  texts: ReadonlyMap<string, readonly string[]>,
  speak: Speaker,
  paper: Paper,
): string {
  const { clause, judgement } = line
  const words = (texts.get(clause.span.file) ?? []).slice(
    clause.span.line - 1,
    Math.min(clause.span.endLine, clause.span.line + 3),
  )
  const head = `${printable(clause.title)} — ${speak.word(`verdict.${judgement.verdict}`)}`
  const about = speak.say(
    message('report.about', {
      force: { word: `force.${clause.force}` },
      obligor: { word: `side.${clause.obligor}` },
      beneficiary: { word: `side.${clause.beneficiary}` },
      lifecycle: { word: `lifecycle.${judgement.lifecycle}` },
    }),
  )
  const place = `${clause.span.file}:${clause.span.line}:${clause.span.column}`
  const quote = words.map((each) => look(paper, 'quiet', `  │ ${printable(each)}`))
  return `${[look(paper, 'strong', head), look(paper, 'quiet', `${clause.id} · ${place}`), ...wrap(about, paper.width), ...quote, '', ...tree(judgement.trace, '', '', speak, paper)].join('\n')}\n`
}

function tree(node: TraceNode, first: string, rest: string, speak: Speaker, paper: Paper): string[] {
  const value = node.value === undefined ? '' : ` = ${speak.show(node.value)}`
  const place = node.span ? ` (${node.span.file.split('/').at(-1)}:${node.span.line}:${node.span.column})` : ''
  const source = node.source
    ? ` — ${node.source.title}${node.source.readOn ? `, ${speak.say(message('report.read-on', { date: { date: node.source.readOn } }))}` : ''}`
    : ''
  const proof = node.evidence ? ` — ${proofText(node.evidence, speak)}` : ''
  const text = `${speak.say(node.label)}${value}${place}${source}${proof}`
  const kind = `${speak.word(`trace.kind.${node.kind}`)}: `
  const lines = wrap(kind + text, Math.max(30, paper.width - rest.length))
  const shown = lines.map((line, at) =>
    at === 0
      ? look(paper, 'quiet', first) + look(paper, 'place', line.slice(0, kind.length)) + line.slice(kind.length)
      : look(paper, 'quiet', rest) + line,
  )
  const children = folded(node.children).flatMap((child, at, all) => {
    const last = at === all.length - 1
    return tree(child, rest + (last ? '└─ ' : '├─ '), rest + (last ? '   ' : '│  '), speak, paper)
  })
  return [...shown, ...children]
}

const MOST_ALIKE = 8

/** Long runs of leaves of one kind are cut: a sum of a thousand rows is read as JSON, not on a terminal. */
function folded(nodes: readonly TraceNode[]): TraceNode[] {
  const shown: TraceNode[] = []
  let alike: TraceNode[] = []
  const flush = (): void => {
    shown.push(...alike.slice(0, MOST_ALIKE))
    const [first] = alike
    const more = alike.length - MOST_ALIKE
    if (first && more > 0)
      shown.push({ kind: first.kind, label: message('report.alike', { count: more }), children: [] })
    alike = []
  }
  for (const node of nodes) {
    const [first] = alike
    if (first && (first.kind !== node.kind || first.label.id !== node.label.id || node.children.length > 0)) flush()
    if (node.children.length > 0) shown.push(node)
    else alike.push(node)
  }
  flush()
  return shown
}

function proofText({ source, file, row, rows, sha256 }: EvidenceRef, speak: Speaker): string {
  const which =
    rows === undefined
      ? row && `${speak.word('report.row')} ${row}`
      : speak.say(message('report.rows', { count: rows }))
  return [source, file, which, sha256?.slice(0, 12)].filter(Boolean).join(', ')
}
