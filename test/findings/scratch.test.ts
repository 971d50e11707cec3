import { writeFileSync } from 'node:fs'
import { test } from 'vitest'
import { RuleBook, openAgreement } from '../../src/agreement/index.ts'
import { checkRooms, findingPages } from '../../src/checks/registry.ts'
import { runChecks } from '../../src/checks/run.ts'
import { speaker } from '../../src/language/index.ts'
import { allWords } from '../../src/reports/index.ts'
import { context, read, realDocument, textOf } from '../reading/setting.ts'
test('x', () => {
  const pages = findingPages()
  const out: string[] = []
  for (const [name, text] of [['en', textOf('agreements/wom-aws-chile/agreement.md')], ['es', textOf('agreements/wom-aws-chile/agreement.es.md')], ['real', realDocument()]] as const) {
    if (!text) continue
    for (const asOf of ['2025-01-31', '2026-11-23']) {
      const agreement = read(text)
      const findings = runChecks(checkRooms, pages, { agreement, rules: new RuleBook(agreement), facts: context.facts, asOf })
      out.push(`===== ${name} ${asOf}`)
      for (const f of findings) {
        for (const language of ['en', 'es'] as const) {
          const s = speaker(language, allWords())
          out.push(`${language === 'en' ? `${f.primary.line}:${f.primary.column}-${f.primary.endColumn} ${f.severity} ${f.code} [${f.clause}]` : '   '} ${s.say({ id: f.code, params: f.params })}`)
          if (language === 'en' || asOf > '2026') out.push(...f.related.map(r => `      ~${r.span.line}:${r.span.column} ${s.say({ id: r.label, params: r.params })}`))
        }
      }
    }
  }
  writeFileSync('/tmp/findings.txt', out.join('\n'))
})
