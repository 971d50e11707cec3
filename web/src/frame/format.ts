import { useMemo } from 'react'
import { type Format, formatIn } from './shown.ts'
import { useLanguage } from './words.tsx'

export type { Format } from './shown.ts'

/** How the reader's country writes dates, numbers and money. */
export function useFormat(): Format {
  const { locale } = useLanguage()
  return useMemo(() => formatIn(locale), [locale])
}
