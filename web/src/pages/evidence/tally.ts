import type { Shape } from '@client'
import { useFormat, useWords } from '../../frame/index.ts'

/** What became of the rows, in one sentence whose parts add up. */
export function useTallyText(): (tally: Shape<'Tally'>) => string {
  const say = useWords()
  const { number } = useFormat()
  return ({ read, kept, duplicate, superseded, rejected }) =>
    say('evidence.tally', {
      read: number(read),
      kept: number(kept),
      duplicate: number(duplicate),
      superseded: number(superseded),
      rejected: number(rejected),
    })
}

/** A query's parameter that is there only when it has a value. */
export function sentBack<Name extends string>(name: Name, value: string | undefined): { [N in Name]?: string } {
  return (value === undefined || value === '' ? {} : { [name]: value }) as { [N in Name]?: string }
}
