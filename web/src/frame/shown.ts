/** Shows dates, numbers and money as the reader's country writes them. */
export interface Format {
  date(iso: string | null | undefined): string
  /** Shorter, for narrow places: `31 Jan 25`. */
  shortDate(iso: string): string
  month(iso: string): string
  /** `Jan 2025`. */
  shortMonth(iso: string): string
  dateTime(iso: string | null | undefined): string
  number(value: string | number, digits?: number): string
  money(money: { amount: string; currency: string } | null | undefined): string
  /** A percentage in text, such as `99.9`. */
  percent(text: string): string
  days(count: number): string
  bytes(count: number): string
}

const NOTHING = '–'
const DECIMAL = /^[-+]?\d+(\.\d+)?$/

/** How one country writes them. */
export function formatIn(locale: string): Format {
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
  const short = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: '2-digit', timeZone: 'UTC' })
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' })
  const shortMonth = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' })
  const units = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' })
  const onDay = (iso: string, format: Intl.DateTimeFormat) =>
    /^\d{4}-\d{2}-\d{2}/.test(iso) ? format.format(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`)) : iso
  return {
    date: (iso) => (iso ? onDay(iso, day) : NOTHING),
    shortDate: (iso) => onDay(iso, short),
    month: (iso) => onDay(iso, month),
    shortMonth: (iso) => onDay(iso, shortMonth),
    dateTime: (iso) => (iso && !Number.isNaN(Date.parse(iso)) ? moment.format(Date.parse(iso)) : (iso ?? NOTHING)),
    number: (value, digits) => decimal(value, numberFormat(locale, digits)),
    money: (money) => (money ? decimal(money.amount, moneyFormat(locale, money.currency), money.currency) : NOTHING),
    percent: (text) => `${decimal(text, numberFormat(locale))}${locale.startsWith('es') ? ' %' : '%'}`,
    days: (count) => units.format(count),
    bytes: (count) => bytesIn(locale, count),
  }
}

function numberFormat(locale: string, digits?: number): Intl.NumberFormat {
  const fixed = digits === undefined ? {} : { minimumFractionDigits: digits }
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits ?? 20, useGrouping: 'always', ...fixed })
}

function moneyFormat(locale: string, currency: string): Intl.NumberFormat | undefined {
  if (!/^[A-Z]{3}$/.test(currency) || currency === 'XXX') return undefined
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'code',
    useGrouping: 'always',
    trailingZeroDisplay: 'stripIfInteger',
  })
}

/** Text goes into the format as text: its digits are never made a binary number. */
function decimal(value: string | number, format: Intl.NumberFormat | undefined, unit = ''): string {
  if (typeof value === 'number') return format?.format(value) ?? String(value)
  if (!DECIMAL.test(value)) return unit === '' ? value : `${unit} ${value}`
  return format ? format.format(value as `${number}`) : `${unit} ${value}`
}

function bytesIn(locale: string, count: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = count < 1000 ? 0 : count < 1e6 ? 1 : count < 1e9 ? 2 : 3
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[step] ?? 'byte',
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  })
  return format.format(count / 1000 ** step)
}
