import { useMemo } from 'react'
import { useLanguage } from '../../frame/index.ts'

interface FigureTextProps {
  text: string
  /** How many digits behind the point the longest figure of the column has: the points then stand one under the other. */
  fraction: number
}

/** A figure whose decimal point stands under the one of the line above. */
export function FigureText({ text, fraction }: FigureTextProps) {
  const point = usePoint()
  const [whole, digits] = parted(text, point)
  if (fraction === 0) return <>{text}</>
  return (
    <>
      {whole}
      <span className="why-fraction" style={{ width: `${fraction + 0.6}ch` }}>
        {digits === '' ? '' : `${point}${digits}`}
      </span>
    </>
  )
}

/** How many digits behind the point the longest of some figures has. */
export function useFraction(texts: readonly string[]): number {
  const point = usePoint()
  return texts.reduce((most, text) => Math.max(most, parted(text, point)[1].length), 0)
}

function usePoint(): string {
  const { locale } = useLanguage()
  return useMemo(
    () => new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.',
    [locale],
  )
}

function parted(text: string, point: string): [whole: string, digits: string] {
  const at = text.lastIndexOf(point)
  const digits = at < 0 ? '' : text.slice(at + 1)
  return /^\d+$/.test(digits) ? [text.slice(0, at), digits] : [text, '']
}
