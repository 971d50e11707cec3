import { test } from 'vitest'
import { textOf } from '../reading/setting.ts'
import { mend, ways } from './mend.ts'

test('x', () => {
  const m = mend(
    textOf('agreements/wom-aws-chile/agreement.md'),
    'en',
    ways.filter((w) => w.name === process.env.WAY),
  )
  for (const c of m.agreement.clauses)
    if (new RegExp(process.env.SHOW ?? '.').test(c.kind) || m.was[c.span.line - 1] === undefined)
      console.log(c.span.line, c.id, c.kind, c.section.join('/'), JSON.stringify(c.terms))
})
