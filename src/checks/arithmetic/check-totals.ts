import { parseMoney, parsePercentage, plain, plainLabel } from '../../agreement/index.ts'
import { type Amount, amountOf, decimal, type Param, type Span } from '../../language/index.ts'
import type { CheckContext, Draft } from '../room.ts'
import { comparable } from '../run-rate.ts'
import { isRounded, printedStep, roundingOf } from './check-figures.ts'
import { type Figure, type FigureTable, headingOf, type TableRow, tables, tablesWithTotal } from './check-tables.ts'

type Decimal = ReturnType<typeof decimal>

interface Value {
  text: string
  span: Span
  value: Decimal
  currency: string
  sign?: string
  per?: string
}

const NOTHING = /^(?:[-–—]*|n\/?a|tbd|tbc|included|incluid[oa]s?)$/
const NUMERIC = /^[~≈]?\s*(?:[a-z]{2,3}\s?)?(?:[$€£]|[a-z]{1,3}\$|s\/\.?|kr)?\s*[(−-]?\d/

/** A cell's number; `null` when the cell is empty, `undefined` when it says something else. */
function numberIn(cell: Figure | undefined, decimalMark: '.' | ','): Value | null | undefined {
  const text = plain(cell?.text ?? '')
  if (!cell || NOTHING.test(text)) return null
  if (text.includes('%') || !NUMERIC.test(text)) return undefined
  const money = parseMoney(cell.text, decimalMark)
  if (!money) return undefined
  const { amount, currency, sign, per } = money
  return {
    text: cell.text,
    span: cell.span,
    value: decimal(amount),
    currency,
    ...(sign ? { sign } : {}),
    ...(per ? { per } : {}),
  }
}

// Columns whose figures are not parts of anything: rates, averages, years, ordinals.
const NO_PARTS =
  /\b(?:unit|rate|average|avg|mean|discount|price per|unitari[oa]|tarifa|tasa|promedio|media|descuento|precio por)\b|^(?:year|date|no|ano|fecha|nro|n)$/

/** ARI-4: a total row is not the sum of the rows it stands under. */
export function subtotal(context: CheckContext): Draft[] {
  return tablesWithTotal(context).flatMap((table) => {
    const columns = table.columns.map((_, index) => index).slice(1)
    return columns
      .filter((index) => !NO_PARTS.test(plainLabel(table.columns[index] ?? '')))
      .flatMap((index) => wrongTotals(table, index, context.agreement.decimalMark))
  })
}

function wrongTotals(table: FigureTable, index: number, decimalMark: '.' | ','): Draft[] {
  const all = table.rows.map((row) => ({ row, value: numberIn(row.cells[index], decimalMark) }))
  // Words where a number is expected: the column is no sum, or its sum cannot be known.
  if (all.some(({ value, row }) => value === undefined && !row.total)) return []
  const findings: Draft[] = []
  let since: Value[] = []
  const items: Value[] = []
  const totals: Value[] = []
  for (const { row, value } of all) {
    if (!row.total) {
      if (value) {
        since.push(value)
        items.push(value)
      }
      continue
    }
    if (value) {
      const every = all.flatMap((each) => (each.row.total || !each.value ? [] : [each.value]))
      const possible = [since, items, totals, ...(items.length === 0 ? [every] : [])].filter(
        (parts) => parts.length > 1,
      )
      const draft = wrongTotal(table, index, row, value, possible)
      if (draft) findings.push(draft)
      totals.push(value)
    }
    since = []
  }
  return findings
}

function wrongTotal(
  table: FigureTable,
  index: number,
  row: TableRow,
  total: Value,
  possible: readonly Value[][],
): Draft | undefined {
  const [parts] = possible
  if (!parts || !comparable([total, ...parts]) || possible.some((each) => sumsTo(each, total))) return undefined
  // "$80K per year" and a total of no period agree; a month and a year do not add up.
  if (new Set([total, ...parts].flatMap(({ per }) => per ?? [])).size > 1) return undefined
  const sum = parts.reduce((so, each) => so.plus(each.value), decimal(0))
  const difference = sum.minus(total.value).abs()
  const money = shown(difference, total)
  return {
    at: total.span,
    clause: row.clause,
    params: {
      label: row.label,
      column: table.columns[index] ?? '',
      total: shown(total.value, total),
      sum: shown(sum, total),
      difference: money,
    },
    related: distinct(parts).map((each) => ({ span: each.span, label: 'part' })),
    ...(isAmount(money) ? { money } : {}),
    operands: [table.columns[index] ?? '', row.label],
  }
}

function sumsTo(parts: readonly Value[], total: Value): boolean {
  const sum = parts.reduce((so, each) => so.plus(each.value), decimal(0))
  const tolerance = roundingOf([total, ...parts].map((each) => each.text))
  return sum.minus(total.value).abs().lte(tolerance)
}

function shown(value: Decimal, like: Value): Param {
  const isMoney = like.currency !== 'XXX' || like.sign !== undefined
  return isMoney ? amountOf(value.toFixed(), like.currency, like.sign) : { decimal: value.toFixed() }
}

function isAmount(param: Param): param is Amount {
  return typeof param === 'object' && !Array.isArray(param) && 'units' in param
}

// Rows of an unread table share its place; once is enough.
function distinct(values: readonly Value[]): Value[] {
  const seen = new Set<string>()
  return values.filter(({ span }) => {
    const key = `${span.line}:${span.column}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

// Headers that by themselves mean parts of a whole.
const WHOLE =
  /^(?:% ?of (?:the )?(?:total|budget|fund|whole|spend)|(?:percentage|share|proportion|part) of (?:the )?(?:total|budget|fund|whole|spend|invoice|bill|costs?|charges)|allocation|distribution|split|weight|weighting|mix|% ?del (?:total|presupuesto|fondo|gasto)|(?:porcentaje|proporcion|parte|participacion) (?:del|de la|de los) (?:total|presupuesto|fondo|gasto|factura|costos?|cargos)|distribucion|reparto|asignacion|peso|ponderacion)(?: ?\(?%\)?)?$/
// Headers that may mean parts of a whole, when a total row or the heading says so.
const PERHAPS =
  /^(?:%|share|share ?\(?%\)?|% ?share|percentage|percent|proportion|porcentaje|participacion|participacion ?\(?%\)?|proporcion|cuota|parte)$/
const DISTRIBUTES =
  /\b(?:distribution|allocation|allocated|apportioned|split|spread over|divided|(?:these|following) shares|breakdown|mix|weighting|(?:estas|siguientes) proporciones|(?:estos|siguientes) porcentajes|se (?:reparten?|distribuyen?|dividen?)|prorrateo|distribucion|reparto|asignacion|desglose|ponderacion)\b/

/** ARI-8: shares that should make a whole do not sum to 100 %. */
export function percentSum(context: CheckContext): Draft[] {
  return tables(context).flatMap((table) =>
    table.columns.flatMap((column, index) => {
      const header = plain(column)
      const hasTotal = table.rows.some((row) => row.total)
      const meant = WHOLE.test(header) || (PERHAPS.test(header) && (hasTotal || DISTRIBUTES.test(headingOf(table))))
      return meant ? wrongShares(table, index, context.agreement.decimalMark) : []
    }),
  )
}

function wrongShares(table: FigureTable, index: number, decimalMark: '.' | ','): Draft[] {
  const shares = table.rows.flatMap((row) => {
    const cell = row.cells[index]
    const bare = cell && /^\s*\d+([.,]\d+)?\s*$/.test(cell.text) ? `${cell.text} %` : cell?.text
    const percent = bare === undefined ? undefined : parsePercentage(bare, decimalMark)
    return cell && percent !== undefined ? [{ row, cell, percent: decimal(percent) }] : []
  })
  const parts = shares.filter(({ row }) => !row.total)
  const total = shares.find(({ row }) => row.total)
  if (parts.length < 2 || parts.length < table.rows.filter((row) => !row.total).length) return []
  const sum = parts.reduce((so, each) => so.plus(each.percent), decimal(0))
  const off = sum.minus(100).abs()
  if (off.lte(slackOf(parts)) && (!total || total.percent.eq(100))) return []
  const wrong = off.lte(slackOf(parts)) ? total : undefined
  const at = total ?? parts.at(-1)
  if (!at) return []
  return [
    {
      at: at.cell.span,
      clause: at.row.clause,
      params: {
        column: table.columns[index] ?? '',
        sum: { percent: (wrong?.percent ?? sum).toFixed() },
        difference: { percent: (wrong ? wrong.percent.minus(100).abs() : off).toFixed() },
      },
      related: parts
        .filter(({ cell }) => cell.span !== at.cell.span)
        .map(({ cell }) => ({ span: cell.span, label: 'share' })),
      operands: [table.columns[index] ?? ''],
    },
  ]
}

/** Shares with decimals may be rounded; whole ones only when all are alike, as three times 33 %. */
function slackOf(parts: readonly { cell: Figure; percent: Decimal }[]): Decimal {
  const alike = parts.every(({ percent }) => parts[0]?.percent.eq(percent))
  const steps = parts.map(({ cell }) => (alike || isRounded(cell.text) ? printedStep(cell.text).div(2) : decimal(0)))
  return steps.reduce((sum, each) => sum.plus(each), decimal(0))
}
