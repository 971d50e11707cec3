import { type Clause, slug } from '../../../agreement/index.ts'
import type { IsoDate, Speaker } from '../../../language/index.ts'

/** What a new draft is about. */
export interface FormSubject {
  title: string
  today: IsoDate
  /** The clause to be changed; without one the form only shows how, by the example. */
  clause?: Clause | undefined
  example?: Clause | undefined
}

/** The form of an amendment with its comments, to be filled in: the current terms stand in it as what the text says. */
export function draftForm({ title, today, clause, example }: FormSubject, speak: Speaker): string {
  const say = (id: string) => `# ${speak.word(`api.draft.${id}`)}`
  const lines = [
    say('head'),
    'amendment: 1',
    `id: ${slug(title)}`,
    `title: ${JSON.stringify(title)}`,
    `effective: ${today} ${say('effective')}`,
    `recorded: ${today} ${say('recorded')}`,
    say('signed'),
    `# signed: { on: ${today}, by: ["…", "…"] }`,
    '',
    say('changes'),
    say('whole'),
    ...(clause ? changesOf(clause, say('others')) : ['changes: []']),
    ...(!clause && example ? ['', say('example'), ...asComment(['changes:', ...firstChange(example)])] : []),
  ]
  return `${lines.join('\n')}\n`
}

function changesOf(clause: Clause, others: string): string[] {
  const [first = [], ...rest] = entriesOf(clause)
  const more = rest.length > 0 ? ['', others, ...rest.flatMap(asComment)] : []
  return ['changes:', ...first, ...more]
}

function firstChange(clause: Clause): string[] {
  return entriesOf(clause)[0] ?? []
}

// The words of a value change with it: only where a clause has no values its words are what can be changed.
function entriesOf({ id, terms }: Clause): string[][] {
  const all = Object.entries(terms as Record<string, unknown>).filter(([, value]) => value !== undefined)
  const values = all.filter(([term]) => !/^(?:text|label|statement)$|Text$/.test(term))
  return (values.length > 0 ? values : all).map(([term, value]) => [
    `  - clause: ${JSON.stringify(id)}`,
    `    term: ${JSON.stringify(term)}`,
    `    was: ${JSON.stringify(value)}`,
    `    becomes: ${JSON.stringify(value)}`,
  ])
}

function asComment(lines: readonly string[]): string[] {
  return lines.map((line) => `# ${line}`)
}
