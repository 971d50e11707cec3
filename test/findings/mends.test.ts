import { describe, expect, test } from 'vitest'
import { read } from '../reading/setting.ts'
import { defects, mend, mends, ways } from './mend.ts'
import { ENDED, findingsOf, RUNNING, wordings } from './setting.ts'

describe.each(wordings())('$name', ({ text, language }) => {
  const before = {
    [RUNNING]: defects(findingsOf(read(text), RUNNING)),
    [ENDED]: defects(findingsOf(read(text), ENDED)),
  }

  test('every error and warning has a mend', () => {
    const named = mends.filter((each) => !each.later).flatMap((each) => each.removes)
    expect(named.map(({ code, line }) => `${line} ${code}`).sort()).toEqual(before[RUNNING])
  })

  test.each(ways)('$name', (each) => {
    const day = each.later ? ENDED : RUNNING
    const mended = mend(text, language, [each])
    const left = defects(findingsOf(mended.agreement, day, mended.supplement), mended.was)
    const gone = each.removes.map(({ code, line }) => `${line} ${code}`)
    expect(left).toEqual(before[day]?.filter((one) => !gone.includes(one)))
  })

  test('all mends together leave nothing', () => {
    const mended = mend(
      text,
      language,
      mends.filter((each) => !each.later),
    )
    expect(defects(findingsOf(mended.agreement, RUNNING, mended.supplement))).toEqual([])
  })
})
