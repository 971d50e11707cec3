import type { Shape } from '@client'
import { useEffect, useState } from 'react'
import { useDates, useLanguage, useRead } from '../../frame/index.ts'

const PAGE = 500

/** All findings, page after page of the server's list until it has no more. */
export function useAllFindings() {
  const { asOf, knownAt } = useDates()
  const { language } = useLanguage()
  const of = [asOf, knownAt, language].join()
  const [loaded, setLoaded] = useState<{ of: string; cursor: string; items: Shape<'Finding'>[] } | undefined>(undefined)
  const earlier = loaded?.of === of ? loaded : undefined
  const reading = useRead('/findings', { query: { limit: PAGE, ...(earlier ? { cursor: earlier.cursor } : {}) } })
  const { data, isStale } = reading
  useEffect(() => {
    if (!data?.next || isStale) return
    const { next, items } = data
    setLoaded((before) => {
      if (before?.of === of && before.cursor === next) return before
      return { of, cursor: next, items: [...(before?.of === of ? before.items : []), ...items] }
    })
  }, [data, isStale, of])
  const isPart = data?.next != null || (earlier !== undefined && isStale)
  return { ...reading, items: data ? [...(earlier?.items ?? []), ...(isPart ? [] : data.items)] : undefined, isPart }
}
