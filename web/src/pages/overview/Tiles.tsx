import type { Shape } from '@client'
import { Link } from '../../frame/index.ts'
import { useWords } from '../../frame/words.tsx'

/** The figures that slices put on the overview, in the server's order: money first. */
export function Tiles({ tiles }: { tiles: readonly Shape<'Tile'>[] }) {
  const t = useWords()
  if (tiles.length === 0) return null
  return (
    <ul className="cv-tiles" aria-label={t('overview.figures')}>
      {tiles.map((tile) => (
        <li key={tile.id} className={`cv-tile cv-tile-${tile.tone}`}>
          <Link to={tile.link} className="cv-tile-link">
            <span className="cv-tile-title">{tile.title}</span>
            <span className="cv-tile-value cv-number">{tile.value}</span>
            <span className="cv-tile-detail">{tile.detail}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
