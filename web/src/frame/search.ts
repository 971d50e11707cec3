/** Search parameters of an address, all of them text. */
export type Search = Record<string, string>

const DATES = ['as-of', 'known-at'] as const
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What stands behind the question mark, as text; dates that are none are left out. */
export function readSearch(text: string): Search {
  const search: Search = Object.fromEntries(new URLSearchParams(text))
  for (const name of DATES) if (search[name] !== undefined && !isDay(search[name])) delete search[name]
  return search
}

/** The other way round; parameters without a value vanish. */
export function writeSearch(search: Record<string, unknown>): string {
  const present = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(present.map(([name, value]): [string, string] => [name, String(value)])).toString()
  return text === '' ? '' : `?${text.replaceAll('%2C', ',')}`
}

function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`))
}

/** An address inside the application, with the dates that are looked at unless it names its own. */
export function withDates(path: string, search: Search): string {
  const [whole, hash] = path.split('#', 2) as [string, string | undefined]
  const [place, own] = whole.split('?', 2) as [string, string | undefined]
  const dates: Search = {}
  for (const name of DATES) if (search[name] !== undefined) dates[name] = search[name]
  return `${place}${writeSearch({ ...dates, ...readSearch(own ?? '') })}${hash === undefined ? '' : `#${hash}`}`
}
