import type { ReactNode } from 'react'
import './clause.css'

/** Names with what they stand for; pairs without a value are left out. */
export function Pairs({ pairs }: { pairs: readonly (readonly [string, ReactNode])[] }) {
  const present = pairs.filter(([, value]) => value !== undefined && value !== null && value !== false && value !== '')
  if (present.length === 0) return null
  return (
    <dl className="clause-pairs">
      {present.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
