import type { Shape } from '@client'
import { Link, useFormat, useWords } from '../../frame/index.ts'

interface NeedsProps {
  needs: Shape<'ClauseDetail'>['needs']
  missing: readonly string[]
}

/** The evidence that a clause is judged by: what there is, what is missing, how to get it. */
export function Needs({ needs, missing }: NeedsProps) {
  const words = useWords()
  return (
    <section className="clause-card" aria-labelledby="clause-needs">
      <h2 id="clause-needs">{words('clauses.needs')}</h2>
      {missing.length > 0 && (
        <div className="clause-missing">
          <h3>{words('clauses.missing')}</h3>
          <ul>
            {missing.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      {needs.length === 0 && <p>{words('clauses.needs.none')}</p>}
      <ul className="clause-needs">
        {needs.map((need) => (
          <Need key={need.dataset} need={need} />
        ))}
      </ul>
    </section>
  )
}

function Need({ need }: { need: Shape<'ClauseDetail'>['needs'][number] }) {
  const words = useWords()
  const format = useFormat()
  const { dataset, datasetText, facts, from, through, grade, fields, how } = need
  return (
    <li>
      <h3>
        {facts > 0 ? (
          <Link to={`/evidence/facts?dataset=${encodeURIComponent(dataset)}`}>{datasetText}</Link>
        ) : (
          datasetText
        )}
      </h3>
      <p>
        {facts > 0 && from !== null && through !== null
          ? words('clauses.needs.there', { count: facts, from: format.date(from), through: format.date(through) })
          : words('clauses.needs.absent')}
        {grade !== null && ` · ${words(`clauses.grade.${grade}`)}`}
      </p>
      {fields.length > 0 && (
        <p className="clauses-quiet">
          {words('clauses.needs.fields')}{' '}
          {fields.map((field) => (
            <code key={field}>{field}</code>
          ))}
        </p>
      )}
      {how !== '' && (
        <details open={facts === 0}>
          <summary>{words('clauses.needs.how')}</summary>
          <p>{how}</p>
        </details>
      )}
    </li>
  )
}
