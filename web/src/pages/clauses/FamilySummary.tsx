import { useSearchState, useWords } from '../../frame/index.ts'
import { VerdictSign } from '../../parts/index.ts'
import { type ClauseLine, countFamilies, type FamilyCount } from './grouping.ts'

/** Each family with how many of its clauses stand where; a count filters the list. */
export function FamilySummary({ clauses }: { clauses: readonly ClauseLine[] }) {
  const words = useWords()
  const families = countFamilies(clauses)
  if (families.length < 2) return null
  return (
    <section aria-label={words('clauses.families')}>
      <ul className="clauses-families">
        {families.map((count) => (
          <FamilyCard key={count.family} count={count} />
        ))}
      </ul>
    </section>
  )
}

function FamilyCard({ count }: { count: FamilyCount }) {
  const words = useWords()
  const [search, change] = useSearchState()
  const { family, counted, others, verdicts } = count
  const chosen = search.family === family
  const name = words(`family.${family}`)
  return (
    <li className={chosen ? 'clauses-family clauses-family-chosen' : 'clauses-family'}>
      <button
        type="button"
        className="clauses-family-name"
        aria-pressed={chosen}
        onClick={() => change({ family: chosen ? undefined : family, verdict: undefined, page: undefined })}
      >
        {name}
      </button>
      <span className="clauses-bar" aria-hidden="true">
        {verdicts.map(({ verdict, count: many }) => (
          <span key={verdict} className={`clauses-bar-${verdict}`} style={{ flexGrow: many }} />
        ))}
      </span>
      <ul className="clauses-counts">
        {verdicts.map(({ verdict, count: many }) => {
          const word = words(`verdict.${verdict}`)
          return (
            <li key={verdict}>
              <button
                type="button"
                aria-label={words('clauses.family.of', { family: name, verdict: word, count: many })}
                title={word}
                onClick={() => change({ family, verdict, page: undefined })}
              >
                <VerdictSign verdict={verdict} /> {many}
              </button>
            </li>
          )
        })}
      </ul>
      <span className="clauses-quiet">
        {counted === 0
          ? words('clauses.family.states', { count: others })
          : words('clauses.family.all', { counted, others })}
      </span>
    </li>
  )
}
