import type { FindingPage } from '../checks/room.ts'
import { message, type Speaker } from '../language/index.ts'
import { look, type Paper, wrap } from './paper.ts'

/** The page of one finding: what it means, why it matters, how to mend it, with an example. */
export function explainAsText(code: string, page: FindingPage, speak: Speaker, paper: Paper): string {
  const { language } = speak
  const about = speak.say(
    message('report.explain-about', {
      severity: { word: `severity.${page.severity}` },
      confidence: { word: `confidence.${page.confidence}` },
      rule: page.rule,
    }),
  )
  const block = (title: string, text: string): string[] => [
    '',
    look(paper, 'strong', speak.word(title)),
    ...text
      .trimEnd()
      .split('\n')
      .map((line) => `    ${line}`),
  ]
  return `${[
    look(paper, page.severity, code),
    look(paper, 'strong', page.title[language]),
    look(paper, 'quiet', about),
    '',
    ...page.explain[language]
      .split(/\n\s*\n/)
      .flatMap((part, at) => [...(at > 0 ? [''] : []), ...wrap(part.trim(), paper.width)]),
    ...block('report.example-bad', page.example.bad),
    ...block('report.example-good', page.example.good),
  ].join('\n')}\n`
}
