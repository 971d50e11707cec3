import type { CheckRoom } from '../room.ts'
import { partyNameVariant, strayCharacter, vaguePromise } from './check.ts'
import { wordsAndFigures } from './check-figures.ts'
import { currencyUnstated, mixedCurrencies, mixedNumberFormat } from './check-money.ts'
import { twiceDefined, undefinedTerm, unusedTerm } from './check-terms.ts'

/** What is wrong with the words: stray characters, money without a currency, defined terms, names, vague promises. */
export const textChecks: CheckRoom = {
  id: 'text',
  version: 1,
  needs: [],
  gives: ['findings about words, names, currencies and defined terms'],
  checks: {
    'text/stray-symbol': strayCharacter,
    'text/currency-unstated': currencyUnstated,
    'text/mixed-currencies': mixedCurrencies,
    'text/mixed-number-format': mixedNumberFormat,
    'text/undefined-term': undefinedTerm,
    'text/unused-term': unusedTerm,
    'text/twice-defined': twiceDefined,
    'text/party-name-variant': partyNameVariant,
    'text/vague-promise': vaguePromise,
    'text/words-and-figures': wordsAndFigures,
  },
}
