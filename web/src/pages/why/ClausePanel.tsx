import type { Shape } from '@client'
import { Link, useFormat, useWords } from '../../frame/index.ts'
import { ClauseWords } from '../../parts/clause/ClauseWords.tsx'
import { Pairs } from '../../parts/clause/Pairs.tsx'
import { placeHref, placeText } from '../../parts/clause/places.ts'
import { ClauseLink, DateText, MoneyText, Verdict } from '../../parts/index.ts'

interface ClausePanelProps {
  clause: Shape<'ClauseLine'>
  lines: readonly { line: number; text: string }[]
  /** What is marked in the words. */
  span: Shape<'Span'>
}

/** The clause's own words and where it stands. */
export function ClausePanel({ clause, lines, span }: ClausePanelProps) {
  const words = useWords()
  const format = useFormat()
  const { measure, forecast, moneyAtStake, grade, nextDate, evidenceAge } = clause
  return (
    <section className="why-clause" aria-labelledby="why-clause-heading">
      <h2 id="why-clause-heading">{words('why.the-words')}</h2>
      <ClauseWords lines={lines} span={span} />
      <p className="why-quiet">
        {clause.section.at(-1)} · <code>{placeText(clause.span)}</code>
      </p>
      <p>
        <Verdict verdict={clause.verdict} />
      </p>
      <p className="why-reason">{clause.reason}</p>
      <Pairs
        pairs={[
          [words('why.promised'), measure && <span className="why-figure">{measure.targetText}</span>],
          [words('why.measured'), measure && <span className="why-figure">{measure.valueText}</span>],
          [words('why.forecast'), forecast && <span className="why-figure">{forecast.text}</span>],
          [words('why.money'), moneyAtStake && <MoneyText money={moneyAtStake} />],
          [words('why.grade'), grade && words(`why.grade.${grade}`)],
          [words('why.evidence-age'), evidenceAge !== null && format.days(evidenceAge)],
          [words('why.next-date'), nextDate && <DateText date={nextDate} />],
        ]}
      />
      <ul className="why-links">
        <li>
          <ClauseLink id={clause.id}>{words('why.to-the-clause')}</ClauseLink>
        </li>
        <li>
          <Link to={placeHref(clause.span)}>{words('why.in-the-agreement')}</Link>
        </li>
      </ul>
    </section>
  )
}
