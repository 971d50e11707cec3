import type { paths } from '@client'

type Query = NonNullable<paths['/api/v1/clauses']['get']['parameters']['query']>

const SORTS: readonly string[] = ['worst', 'title', 'verdict', 'money', 'next-date', 'family', 'age', 'place']

/** What the server is asked for by an address: its filters under its own names; anything else in the address is not sent. */
export function asked(
  search: Readonly<Record<string, string>>,
): Pick<Query, 'verdict' | 'family' | 'kind' | 'force' | 'obligor' | 'text' | 'counted' | 'sort' | 'order'> {
  const { verdict, family, kind, force, obligor, text, counted, sort, order } = search
  return {
    ...(verdict ? { verdict } : {}),
    ...(family ? { family } : {}),
    ...(kind ? { kind } : {}),
    ...(force ? { force } : {}),
    ...(obligor ? { obligor } : {}),
    ...(text ? { text: text.slice(0, 200) } : {}),
    ...(counted === 'yes' || counted === 'no' ? { counted } : {}),
    ...(isSort(sort) ? { sort } : {}),
    ...(isSort(sort) ? { order: order === 'desc' ? 'desc' : 'asc' } : {}),
  }
}

function isSort(text: string | undefined): text is NonNullable<Query['sort']> {
  return text !== undefined && SORTS.includes(text)
}
