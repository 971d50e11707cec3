import type { CheckRoom } from '../room.ts'
import { contradictsText, uncited, unknownClause } from './check.ts'

/** What is wrong with a supplement: entries that disagree with the text, name nothing, or cite nobody. */
export const supplementChecks: CheckRoom = {
  id: 'supplement',
  version: 1,
  needs: ['supplement', 'rule', 'and the kinds that state for themselves what an entry settles'],
  gives: ['findings on the supplement'],
  checks: {
    'supplement/contradicts-text': contradictsText,
    'supplement/unknown-clause': unknownClause,
    'supplement/uncited': uncited,
  },
}
