import type { Shape } from '@client'
import { Link, useWords } from '../../frame/index.ts'
import { placeHref, placeText } from '../../parts/clause/places.ts'

/** What the clause promises, term by term, each with its place in the text. */
export function Terms({ terms }: { terms: Shape<'ClauseDetail'>['terms'] }) {
  const words = useWords()
  if (terms.length === 0) return null
  return (
    <section className="clause-card" aria-labelledby="clause-terms">
      <h2 id="clause-terms">{words('clauses.terms')}</h2>
      <table className="clause-table">
        <thead className="cv-sr">
          <tr>
            <th scope="col">{words('clauses.term')}</th>
            <th scope="col">{words('clauses.term.says')}</th>
            <th scope="col">{words('clauses.place')}</th>
          </tr>
        </thead>
        <tbody>
          {terms.map(({ name, nameText, text, span }) => (
            <tr key={name}>
              <th scope="row">{nameText}</th>
              <td>{text}</td>
              <td className="clauses-quiet">{span && <Link to={placeHref(span)}>{placeText(span)}</Link>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
