import { SCALE } from './terms.ts'

const EXACT = `DECIMAL(38,${SCALE})`

/**
 * Steps by which a double becomes a decimal without passing through text: below `under` the nearest decimal of so many places is the
 * shortest one that reads back as the double, if it reads back as it at all, for there doubles lie closer together than such decimals
 * and all digits fit into 51 bits.
 */
const STEPS = [
  { under: '2000', places: 12 },
  { under: '2000000000', places: 6 },
  { under: '2', places: 15 },
]

/** SQL for the exact decimal that a double stands for: the shortest one that reads back as the double, at most 16 places. */
export function decimalOfDouble(x: string): string {
  const steps = STEPS.map(({ under, places }) => {
    const near = `TRY_CAST(${x} AS DECIMAL(18,${places}))`
    return `WHEN abs(${x}) < ${under} AND CAST(${near} AS DOUBLE) = ${x} THEN CAST(${near} AS ${EXACT})`
  })
  // Less than half of the last place is nothing; the engine rounds the first digit of such a text, however small its power.
  return `CASE ${steps.join(' ')} WHEN abs(${x}) < 5e-17 THEN 0 ELSE TRY_CAST(CAST(${x} AS VARCHAR) AS ${EXACT}) END`
}

const NUMBER = String.raw`[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?`

/** Numbers for people whose thousands and decimals cannot be confused: `$10,000.00`, `1,234.5`, `$7`. */
export const GROUPED = String.raw`-?(\$\d{1,3}(,\d{3})*(\.\d+)?|\$\d+(\.\d+)?|\d{1,3}(,\d{3})+\.\d+)`

/** What the numbers of a column, all of them digits with at most one point and a sign, need at the most. */
export interface Digits {
  before: number
  behind: number
}

/** Numbers of 18 digits, which the engine reads many times faster than those of 38. */
export const SHORT: readonly Digits[] = [
  { before: 12, behind: 6 },
  { before: 6, behind: 12 },
]

/** SQL for the exact decimal of a text; null when it is none, or has more digits behind the point than the rows keep. */
export function decimalOfText(x: string, isGrouped: boolean): string {
  const plain = isGrouped
    ? `CASE WHEN regexp_full_match(trim(${x}), '${GROUPED}') THEN replace(replace(trim(${x}), '$', ''), ',', '') ELSE ${x} END`
    : x
  const point = `strpos(${plain}, '.')`
  const isBare = `strpos(${plain}, 'e') = 0 AND strpos(${plain}, 'E') = 0 AND strpos(${plain}, '_') = 0`
  const has = (places: number): string => `(${point} = 0 OR length(${plain}) - ${point} <= ${places})`
  const short = SHORT.map((digits) => `WHEN ${has(digits.behind)} THEN ${shortDecimal(plain, digits)}`)
  const fraction = `length(rtrim(regexp_extract(${plain}, '\\.(\\d*)', 1), '0'))`
  const exponent = `coalesce(TRY_CAST(nullif(regexp_extract(${plain}, '[eE]([+-]?\\d+)', 1), '') AS INTEGER), 0)`
  const isWhole = `regexp_full_match(trim(${plain}), '${NUMBER}') AND ${fraction} - ${exponent} <= ${SCALE}`
  return `coalesce(CASE WHEN ${isBare} THEN CASE ${short.join(' ')} END END,
    CASE WHEN ${isBare} AND ${has(SCALE)} THEN TRY_CAST(${plain} AS ${EXACT}) WHEN ${isWhole} THEN TRY_CAST(${plain} AS ${EXACT}) END)`
}

/** SQL for the exact decimal of a text of which it is known that it is a bare number, with so many digits at the most. */
export function decimalOfDigits(x: string, { before, behind }: Digits): string {
  const short = SHORT.find((each) => behind <= each.behind && before <= each.before)
  if (short) return shortDecimal(x, short)
  return behind <= SCALE ? `TRY_CAST(${x} AS ${EXACT})` : decimalOfText(x, false)
}

function shortDecimal(x: string, { before, behind }: Digits): string {
  return `CAST(TRY_CAST(${x} AS DECIMAL(${before + behind},${behind})) AS ${EXACT})`
}

/** How the numbers before and after the first slash of a file's dates are to be read. */
export type SlashOrder = 'month-first' | 'day-first'

/** Which forms of a time occur in a column of text. */
export interface TimeForms {
  /** Some end in a distance from UTC. */
  offsets: boolean
  /** Some are neither ISO nor slash dates; every value is looked at then. */
  strange: boolean
  slashes: SlashOrder | undefined
}

/** Times that are read: ISO with `T` or a blank, with or without seconds and distance from UTC, and days alone. */
export const TIME = String.raw`\d{4}[-/]\d\d[-/]\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?)?`

/** How a distance from UTC ends a time. */
export const OFFSET = String.raw`[+-]\d\d(:?\d\d)?`

/** SQL for the time (UTC) that a text says; null when it says none of this century. */
export function timeOfText(x: string, forms: TimeForms): string {
  const cast = forms.offsets ? `(TRY_CAST(${x} AS TIMESTAMPTZ) AT TIME ZONE 'UTC')` : `TRY_CAST(${x} AS TIMESTAMP)`
  const plain = forms.strange ? `CASE WHEN regexp_full_match(${x}, '${TIME}(Z|${OFFSET})?') THEN ${cast} END` : cast
  if (!forms.slashes) return inCentury(plain)
  const day = forms.slashes === 'month-first' ? '%m/%d' : '%d/%m'
  const formats = ['%y', '%Y'].flatMap((year) => ['', ' %H:%M', ' %H:%M:%S'].map((time) => `'${day}/${year}${time}'`))
  // The engine takes 5/1/25 for a day of the year five.
  return inCentury(
    `CASE WHEN ${x}[3] = '/' OR ${x}[2] = '/' THEN TRY_STRPTIME(${x}, [${formats.join(', ')}]) ELSE ${plain} END`,
  )
}

/** SQL that keeps a time of this century alone: no charge was made before it, and a damaged year is not one after it. */
export function inCentury(time: string): string {
  return `CASE WHEN ${time} >= TIMESTAMP '2000-01-01' AND ${time} < TIMESTAMP '2100-01-01' THEN ${time} END`
}
