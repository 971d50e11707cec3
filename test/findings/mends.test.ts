import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { openAgreement } from '../../src/agreement/index.ts'
import { context, read, textOf } from '../reading/setting.ts'
import { allMends, defects, mend, ways } from './mend.ts'
import { ENDED, ENGLISH, findingsOf, RUNNING, wordings } from './setting.ts'

describe.each(wordings())('$name', ({ text, language }) => {
  const before: Record<string, string[]> = {
    [RUNNING]: defects(findingsOf(read(text), RUNNING)),
    [ENDED]: defects(findingsOf(read(text), ENDED)),
  }

  test('every error and warning has a mend', () => {
    const named = allMends().flatMap((each) => each.removes)
    expect(named.map(({ code, line }) => `${line} ${code}`).sort()).toEqual(before[RUNNING])
  })

  test.each(ways)('$name', (each) => {
    const day = each.later ? ENDED : RUNNING
    const mended = mend(text, language, [each])
    const left = defects(findingsOf(mended.agreement, day, mended.supplement), mended.was)
    const gone = each.removes.map(({ code, line }) => `${line} ${code}`)
    expect(left).toEqual(before[day]?.filter((one) => !gone.includes(one)))
  })

  test.each([1, 2, 3])('all mends together leave nothing, said in way %i', (nth) => {
    const mended = mend(text, language, allMends(nth))
    expect(defects(findingsOf(mended.agreement, RUNNING, mended.supplement))).toEqual([])
  })
})

// `UPDATE_CORRECTED=1 npx vitest run test/findings` writes them anew.
describe('the corrected agreement, for people to read', () => {
  const folder = new URL('./corrected/', import.meta.url)
  const { text, supplementText = '' } = mend(textOf(ENGLISH), 'en', allMends())
  const files = Object.entries({ 'agreement.md': text, 'supplement.yaml': supplementText })
  if (process.env.UPDATE_CORRECTED) {
    if (!existsSync(folder)) mkdirSync(folder)
    for (const [name, content] of files) writeFileSync(new URL(name, folder), content)
  }

  test.each(files)('%s is what the mends make', (name, content) => {
    expect(readFileSync(new URL(name, folder), 'utf8')).toBe(content)
  })

  test('it has every section and table of the original, and no error or warning, opened as a folder', () => {
    const { agreement, supplement, problems } = openAgreement(fileURLToPath(folder), context)
    expect(problems).toEqual([])
    if (!agreement || !supplement) throw new Error('nothing was read')
    const headings = read(textOf(ENGLISH)).headings.filter((each) => each.form === 'heading')
    expect(agreement.headings.map((each) => each.text)).toEqual(
      expect.arrayContaining(headings.map((each) => each.text)),
    )
    expect(defects(findingsOf(agreement, RUNNING, supplement))).toEqual([])
    const later = findingsOf(agreement, ENDED, supplement).filter((each) => each.severity !== 'info')
    expect(later.map((each) => each.code).sort()).toEqual(['governance/review-overdue', 'term/ended'])
  })
})
