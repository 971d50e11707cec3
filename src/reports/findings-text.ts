import type { Finding } from '../checks/room.ts'
import { message, type Speaker } from '../language/index.ts'
import { codeFrame, type Mark } from './code-frame.ts'
import { type Look, look, type Paper, wrap } from './paper.ts'

/** What a findings report is made of. */
export interface FindingsReport {
  title: string
  asOf: string
  clauses: number
  unread: number
  findings: readonly Finding[]
  texts: ReadonlyMap<string, readonly string[]>
}

const ORDER = ['error', 'warning', 'info'] as const

/** Findings for a terminal: errors, then warnings, each with its code frame; notes in short. */
export function findingsAsText(report: FindingsReport, speak: Speaker, paper: Paper): string {
  const open = report.findings.filter((finding) => !finding.waived)
  const blocks = ORDER.filter((severity) => severity !== 'info').flatMap((severity) =>
    open
      .filter((finding) => finding.severity === severity)
      .map((finding) => findingBlock(finding, report, speak, paper)),
  )
  const infos = open.filter((finding) => finding.severity === 'info')
  const codes = [...new Set(infos.map((finding) => finding.code))]
  const notes = codes.flatMap((code) =>
    noteLines(
      infos.filter((finding) => finding.code === code),
      speak,
      paper,
    ),
  )
  if (notes.length > 0) blocks.push([look(paper, 'strong', speak.word('report.notes')), ...notes].join('\n'))
  return `${[heading(report, speak, paper), ...blocks, summary(report, open, speak, paper)].join('\n\n')}\n`
}

function heading(report: FindingsReport, speak: Speaker, paper: Paper): string {
  const said = speak.say(message('report.findings-of', { title: report.title, date: { date: report.asOf } }))
  return wrap(said, paper.width)
    .map((line) => look(paper, 'strong', line))
    .join('\n')
}

function findingBlock(finding: Finding, report: FindingsReport, speak: Speaker, paper: Paper): string {
  const as: Look = finding.severity
  const said = speak.say({ id: finding.code, params: finding.params })
  const head = `${speak.word(`severity.${finding.severity}`)}[${finding.code}]`
  const [first = '', ...rest] = wrap(`${head}: ${said}`, paper.width, '  ')
  const title = first.startsWith(head)
    ? look(paper, as, head) + look(paper, 'strong', first.slice(head.length))
    : look(paper, as, first)
  const marks: Mark[] = [
    { span: finding.primary, label: '', primary: true },
    ...finding.related.map((each) => ({
      span: each.span,
      label: speak.say({ id: each.label, params: each.params }),
      primary: false,
    })),
  ]
  const fix = wrap(
    `= ${speak.word('report.fix')}: ${speak.say({ id: `${finding.code}.fix`, params: finding.params })}`,
    paper.width - 4,
    '  ',
  )
  return [
    title,
    ...rest.map((line) => look(paper, 'strong', line)),
    ...codeFrame(marks, report.texts, as, paper),
    ...fix.map((line) => `    ${look(paper, 'quiet', line)}`),
  ].join('\n')
}

/** Notes of one code stand together: the first in words, the others as places. */
function noteLines(same: readonly Finding[], speak: Speaker, paper: Paper): string[] {
  const [finding, ...others] = same as [Finding, ...Finding[]]
  const said = speak.say({ id: finding.code, params: finding.params })
  const lines = [...new Set(others.map((each) => each.primary.line))].join(', ')
  const more = others.length > 0 ? ` ${speak.say(message('report.also-at', { lines }))}` : ''
  const place = `${finding.primary.line}:${finding.primary.column}`
  const [first = '', ...rest] = wrap(`${said}${more} [${finding.code}]`, paper.width - 9, '')
  return [`${look(paper, 'place', place.padStart(7))}  ${first}`, ...rest.map((line) => ' '.repeat(9) + line)]
}

function summary(report: FindingsReport, open: readonly Finding[], speak: Speaker, paper: Paper): string {
  const count = (severity: string): number => open.filter((finding) => finding.severity === severity).length
  const [errors, warnings, notes] = ORDER.map(count) as [number, number, number]
  const waived = report.findings.length - open.length
  const parts = [
    look(paper, errors > 0 ? 'error' : 'good', speak.say(message('report.errors', { count: errors }))),
    look(paper, warnings > 0 ? 'warning' : 'good', speak.say(message('report.warnings', { count: warnings }))),
    speak.say(message('report.note-count', { count: notes })),
    ...(waived > 0 ? [speak.say(message('report.waived', { count: waived }))] : []),
  ]
  const read = speak.say(message('report.clauses-read', { count: report.clauses, unread: report.unread }))
  const more = open[0]
    ? `\n${look(paper, 'quiet', speak.say(message('report.explain-hint', { code: open[0].code })))}`
    : ''
  return `${parts.join(' · ')}\n${read}${more}`
}
