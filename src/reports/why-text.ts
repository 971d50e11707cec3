import { message, printable, type Speaker, type TraceNode } from '../language/index.ts'
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
  const proof = node.evidence
    ? ` — ${[node.evidence.source, node.evidence.file, node.evidence.row && `${speak.word('report.row')} ${node.evidence.row}`, node.evidence.sha256?.slice(0, 12)].filter(Boolean).join(', ')}`
    : ''
  const text = `${speak.say(node.label)}${value}${place}${source}${proof}`
  const kind = `${speak.word(`trace.kind.${node.kind}`)}: `
  const lines = wrap(kind + text, Math.max(30, paper.width - rest.length))
  const shown = lines.map((line, at) =>
    at === 0
      ? look(paper, 'quiet', first) + look(paper, 'place', line.slice(0, kind.length)) + line.slice(kind.length)
      : look(paper, 'quiet', rest) + line,
  )
  const children = node.children.flatMap((child, at) => {
    const last = at === node.children.length - 1
    return tree(child, rest + (last ? '└─ ' : '├─ '), rest + (last ? '   ' : '│  '), speak, paper)
  })
  return [...shown, ...children]
}
