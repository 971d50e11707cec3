import { type Language, message, type Problem } from '../language/index.ts'
import type { Cell, CellReader, Party } from './clause.ts'
import { parseBand, parseDuration, parseFrequency, parseMark, parseMeasure, parseSide } from './measures.ts'
import {
  currencyOfColumn,
  type PeriodicAmount,
  parseCount,
  parseDate,
  parseMoney,
  parseOrdinal,
  parsePercentage,
  unknownCurrency,
} from './values.ts'

/** What all cells of one document share. */
export interface ReadingHabits {
  language: Language
  decimalMark: '.' | ','
  parties: Party[]
}

// Cells that say "nothing here" are empty, not unreadable.
const EMPTY = /^(?:[-–—]+|n\/?a|none|ninguno|no aplica)?$/i

/** A reader of cells that collects what it could not read. */
export function cellReader(habits: ReadingHabits, problems: Problem[]): CellReader {
  const { decimalMark, parties } = habits
  const problem = (code: string, cell: Cell): void => {
    problems.push({
      code,
      where: cell.span,
      message: message(code, { text: cell.text, column: cell.column }),
      fix: message(`${code}.fix`, { column: cell.column }),
    })
  }
  const value = <T>(cell: Cell | undefined, parse: (text: string) => T | undefined): T | undefined => {
    if (!cell || EMPTY.test(cell.text)) return undefined
    const found = parse(cell.text)
    if (found === undefined) problem('structure/unreadable-value', cell)
    return found
  }
  return {
    language: habits.language,
    decimalMark,
    parties,
    problem,
    text: (cell) => (cell && !EMPTY.test(cell.text) ? cell.text : undefined),
    money: (cell) => {
      const amount = value(cell, (text) => parseMoney(text, decimalMark))
      // The figure is kept with its currency open: which one was meant is not ours to guess.
      if (cell && amount && unknownCurrency(cell.text)) problem('structure/unknown-currency', cell)
      return inColumn(amount, cell)
    },
    percentage: (cell) => value(cell, (text) => parsePercentage(text, decimalMark) ?? bareNumber(text, decimalMark)),
    number: (cell) => value(cell, (text) => parseCount(text, decimalMark)),
    date: (cell) => value(cell, parseDate),
    duration: (cell) => value(cell, (text) => parseDuration(text, decimalMark)),
    frequency: (cell) => value(cell, parseFrequency),
    measure: (cell) => value(cell, (text) => parseMeasure(text, decimalMark)),
    band: (cell) => value(cell, (text) => parseBand(text, decimalMark)),
    ordinal: (cell) => (cell ? parseOrdinal(cell.text) : undefined),
    list: (cell) => (cell && !EMPTY.test(cell.text) ? splitList(cell.text) : []),
    mark: (cell) => (cell ? parseMark(cell.text) : undefined),
    side: (cell) => (cell ? parseSide(cell.text, parties) : undefined),
  }
}

// A currency in the header holds for amounts that state none of their own.
function inColumn(amount: PeriodicAmount | undefined, cell: Cell | undefined): PeriodicAmount | undefined {
  const stated = amount?.currency === 'XXX' && cell ? currencyOfColumn(cell.column) : undefined
  return amount && stated ? { ...amount, ...stated } : amount
}

function bareNumber(text: string, decimalMark: '.' | ','): string | undefined {
  return /^\s*[\d.,]+\s*$/.test(text) ? parseCount(text, decimalMark) : undefined
}

/** Splits `Contact Centre, Communications and Voice`; brackets keep their commas. */
export function splitList(text: string): string[] {
  return text
    .split(/[,;](?![^(]*\))|\s+(?:and|y|e)\s+(?![^(]*\))/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
}
