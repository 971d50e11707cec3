import type { PlotOptions } from '@observablehq/plot'
import { useEffect, useRef, useState } from 'react'
import { useLanguage, useTheme } from '../frame/index.ts'
import { Loading } from '../parts/notes.tsx'

/** The marks of Observable Plot that our charts draw with. */
export type PlotLibrary = typeof import('./plot-library.ts')

/** What a chart draws: given the library and the width, the options of the drawing. */
export type Draw = (plot: PlotLibrary, width: number) => PlotOptions

/** A drawing of Observable Plot, which loads when it is first needed. Always inside a `ChartWithTable`. */
export function PlotChart({ label, draw }: { label: string; draw: Draw }) {
  const place = useRef<HTMLDivElement>(null)
  const [library, setLibrary] = useState<PlotLibrary>()
  const [width, setWidth] = useState(0)
  const { isDark } = useTheme()
  const { language } = useLanguage()
  useEffect(() => {
    let isHere = true
    void import('./plot-library.ts').then((loaded) => isHere && setLibrary(loaded))
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)))
    if (place.current) observer.observe(place.current)
    return () => {
      isHere = false
      observer.disconnect()
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: colours and words inside the drawing follow theme and language
  useEffect(() => {
    if (!library || width === 0) return
    const drawing = library.plot({ width, ...draw(library, width) })
    prepare(drawing, label)
    place.current?.replaceChildren(drawing)
  }, [library, width, draw, label, isDark, language])
  return (
    <div className="cv-plot" ref={place}>
      {library ? null : <Loading />}
    </div>
  )
}

/** Plot brings a style element, which a strict content security policy refuses: its rules are in our style sheet. */
function prepare(drawing: Element, label: string): void {
  for (const style of drawing.querySelectorAll('style')) style.remove()
  // Its groups are named for nobody: the drawing is one image, and its table tells the rest.
  for (const part of drawing.querySelectorAll('[aria-label]')) part.removeAttribute('aria-label')
  const image = drawing.matches('svg') ? drawing : drawing.querySelector('svg')
  image?.setAttribute('role', 'img')
  image?.setAttribute('aria-label', label)
}
