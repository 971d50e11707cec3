import type { Shape } from '@client'
import { useFormat, useWords } from '../../frame/index.ts'
import { Pairs } from '../../parts/clause/Pairs.tsx'
import { DateText, MoneyText, Verdict, WhyLink } from '../../parts/index.ts'
import { ownerText } from './columns.tsx'

/** Where a clause stands: verdict, reason, and every figure with a way to its trace. */
export function Stands({ clause }: { clause: Shape<'ClauseDetail'> }) {
  const words = useWords()
  const format = useFormat()
  const { id, measure, forecast, moneyAtStake, grade, evidenceAge, nextDate } = clause
  const figure = (text: string) => (
    <span className="clause-figure">
      <WhyLink id={id}>{text}</WhyLink>
    </span>
  )
  return (
    <section className={`clause-card clause-stands clause-stands-${clause.verdict}`} aria-labelledby="clause-stands">
      <h2 id="clause-stands">{words('clauses.stands')}</h2>
      <p className="clause-verdict">
        <WhyLink id={id}>
          <Verdict verdict={clause.verdict} />
        </WhyLink>
      </p>
      <p className="clause-reason">{clause.reason}</p>
      <Pairs
        pairs={[
          [words('clauses.promised'), measure && figure(measure.targetText)],
          [words('clauses.measured'), measure && figure(measure.valueText)],
          [words('clauses.forecast'), forecast && figure(forecast.text)],
          [
            words('clauses.money'),
            moneyAtStake && (
              <WhyLink id={id}>
                <MoneyText money={moneyAtStake} />
              </WhyLink>
            ),
          ],
          [words('clauses.grade'), grade && words(`clauses.grade.${grade}`)],
          [words('clauses.age'), evidenceAge !== null && format.days(evidenceAge)],
          [words('clauses.next-date'), nextDate && <DateText date={nextDate} />],
          [words('clauses.owner'), ownerText(words, clause.owner)],
        ]}
      />
    </section>
  )
}
