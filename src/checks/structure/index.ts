import type { CheckRoom } from '../room.ts'
import { cellCount, duplicateRow, emptyCell, lifted } from './check.ts'
import { numbering } from './check-numbering.ts'
import { danglingReference } from './check-references.ts'
import { placeholder, struckText } from './check-remains.ts'

/** What is wrong with the form of a document: its tables, its numbering, its references, what was left in it. */
export const structureChecks: CheckRoom = {
  id: 'structure',
  version: 1,
  needs: [],
  gives: ['findings about tables, numbering, references and what was not read'],
  checks: {
    'structure/cell-count': cellCount,
    'structure/glued-text': lifted('structure/glued-text'),
    'structure/struck-text': struckText,
    'structure/placeholder': placeholder,
    'structure/unread': lifted('structure/unread'),
    'structure/duplicate-row': duplicateRow,
    'structure/empty-cell': emptyCell,
    'structure/numbering': numbering,
    'structure/dangling-reference': danglingReference,
    'structure/unreadable-value': lifted('structure/unreadable-value'),
    'structure/unknown-currency': lifted('structure/unknown-currency'),
  },
}
