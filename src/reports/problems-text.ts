import type { Problem, Speaker } from '../language/index.ts'
import { codeFrame } from './code-frame.ts'
import { look, type Paper, wrap } from './paper.ts'

/** Problems of an input: what is wrong, where, and the mend. */
export function problemsAsText(
  problems: readonly Problem[],
  texts: ReadonlyMap<string, readonly string[]>,
  speak: Speaker,
  paper: Paper,
): string {
  const blocks = problems.map((problem) => {
    const head = `${speak.word('severity.problem')}[${problem.code}]`
    const [first = '', ...rest] = wrap(`${head}: ${speak.say(problem.message)}`, paper.width, '  ')
    const frame = codeFrame([{ span: problem.where, label: '', primary: true }], texts, 'error', paper)
    const fix = problem.fix
      ? wrap(`= ${speak.word('report.fix')}: ${speak.say(problem.fix)}`, paper.width - 4, '  ').map(
          (line) => `    ${line}`,
        )
      : []
    return [look(paper, 'error', head) + first.slice(head.length), ...rest, ...frame, ...fix].join('\n')
  })
  return blocks.length === 0 ? '' : `${blocks.join('\n\n')}\n`
}
