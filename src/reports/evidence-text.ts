import { message, type Speaker } from '../language/index.ts'
import type { ClauseNeeds, DatasetState } from '../standing/index.ts'
import { cut, look, type Paper, wrap } from './paper.ts'

/** What an installation's evidence is: by dataset, then what each clause still needs. */
export interface EvidenceReport {
  datasets: readonly DatasetState[]
  clauses: readonly ClauseNeeds[]
  /** Rows behind the facts of bulk datasets. */
  rows: ReadonlyMap<string, number>
}

/** What there is, how fresh and how good, and what is missing, for a terminal. */
export function evidenceAsText(report: EvidenceReport, speak: Speaker, paper: Paper): string {
  const lacking = report.clauses.filter((each) => each.missing.length > 0)
  const head = speak.say(
    message('evidence.clauses', { count: report.clauses.length, proved: report.clauses.length - lacking.length }),
  )
  const blocks = [
    [
      look(paper, 'strong', speak.word('evidence.datasets')),
      ...report.datasets.map((each) => datasetText(each, report, speak, paper)),
    ],
    [look(paper, 'strong', head), ...lacking.flatMap((each) => clauseText(each, speak, paper))],
  ]
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function datasetText(state: DatasetState, report: EvidenceReport, speak: Speaker, paper: Paper): string {
  const name = state.dataset.padEnd(22)
  if (state.facts === 0 || state.from === null || state.through === null)
    return `  ${look(paper, 'quiet', `${name} ${speak.word('evidence.none')}`)}`
  const said = speak.say(
    message('evidence.dataset', {
      count: report.rows.get(state.dataset) ?? state.facts,
      from: state.from,
      through: state.through,
      grade: { word: `grade.${state.grade ?? 'declared'}` },
    }),
  )
  return `  ${name} ${said}`
}

function clauseText(each: ClauseNeeds, speak: Speaker, paper: Paper): string[] {
  const missing = [...new Set(each.missing.map((said) => speak.say(said)))]
  const how = [...new Set(each.needs.filter(({ state }) => state.facts === 0).map((need) => speak.word(need.how)))]
  const title = cut(each.clause.title, paper.width - 2)
  return [
    `  ${look(paper, 'strong', title)} ${look(paper, 'quiet', each.clause.id)}`,
    ...missing.slice(0, 3).flatMap((text) => wrap(text, paper.width - 6, '  ').map((line) => `      ${line}`)),
    ...how.flatMap((text) =>
      wrap(`→ ${text}`, paper.width - 6, '  ').map((line) => `      ${look(paper, 'quiet', line)}`),
    ),
  ]
}

/** The same as scripts read it; the shape is a promise of DESIGN.md. */
export function evidenceAsJson(report: EvidenceReport, speak: Speaker): object {
  return {
    datasets: report.datasets.map((state) => ({
      dataset: state.dataset,
      rows: report.rows.get(state.dataset) ?? state.facts,
      facts: state.facts,
      from: state.from,
      through: state.through,
      grade: state.grade,
    })),
    clauses: report.clauses.map((each) => ({
      id: each.clause.id,
      verdict: each.verdict,
      grade: each.grade,
      used: each.used,
      needs: each.needs.map(({ dataset, fields, how, state }) => ({
        dataset,
        fields,
        how: speak.word(how),
        facts: state.facts,
        through: state.through,
        grade: state.grade,
      })),
      missing: each.missing.map((said) => speak.say(said)),
    })),
  }
}
