import type { Shape } from '@client'
import Alert from '@cloudscape-design/components/alert'
import { Link, useWords } from '../../frame/index.ts'
import { useTallyText } from './tally.ts'

type Result = NonNullable<Shape<'Job'>['result']>
type Delivery = Result['deliveries'][number]

/** As many are listed without folding. */
const FEW = 4

interface JobOutcomeProps {
  job: Shape<'Job'>
  result: Result
  onDismiss?: () => void
}

/** What an import came to: how many rows of each sort, what was refused and how to mend it, what nobody recognised. */
export function JobOutcome({ job, result, onDismiss }: JobOutcomeProps) {
  const say = useWords()
  const tallyText = useTallyText()
  const wrong = result.unrecognised.length + result.problems.length + refusals(result) + result.tally.rejected
  return (
    <Alert
      type={wrong > 0 ? 'warning' : 'success'}
      header={say(outcomeOf(result), { label: job.label })}
      dismissible={onDismiss !== undefined}
      dismissAriaLabel={say('evidence.put-away')}
      {...(onDismiss === undefined ? {} : { onDismiss })}
    >
      <div className="outcome">
        <div>{tallyText(result.tally)}</div>
        <Problems title={say('evidence.problems')} problems={result.problems} />
        <Unrecognised names={result.unrecognised} />
        <Deliveries deliveries={result.deliveries} />
      </div>
    </Alert>
  )
}

/** What went wrong is seen at once; many that went well are folded away. */
function Deliveries({ deliveries }: { deliveries: readonly Delivery[] }) {
  const say = useWords()
  const isOdd = ({ refused, notes, tally }: Delivery) => refused.length + notes.length + tally.rejected > 0
  const odd = deliveries.filter(isOdd)
  const even = deliveries.filter((delivery) => !isOdd(delivery))
  const list = (some: readonly Delivery[]) =>
    some.map((delivery) => <DeliveryOutcome key={`${delivery.source} ${delivery.label}`} delivery={delivery} />)
  return (
    <>
      {list(odd)}
      {even.length <= FEW ? (
        list(even)
      ) : (
        <details className="folded">
          <summary>{say('evidence.deliveries', { count: even.length })}</summary>
          <div className="outcome">{list(even)}</div>
        </details>
      )}
    </>
  )
}

function refusals({ deliveries }: Result): number {
  return deliveries.reduce((sum, { refused }) => sum + refused.length, 0)
}

/** When no import came of it, either somebody only tried or there was nothing new to keep. */
function outcomeOf({ deliveries, tally }: Result): string {
  if (deliveries.some((delivery) => delivery.import !== null)) return 'evidence.imported'
  return tally.kept > 0 ? 'evidence.tried' : 'evidence.nothing-new'
}

function DeliveryOutcome({ delivery }: { delivery: Delivery }) {
  const say = useWords()
  const tallyText = useTallyText()
  const name = `${delivery.sourceText}: ${delivery.label}`
  const link = `/evidence/imports/${encodeURIComponent(delivery.import ?? '')}`
  return (
    <div>
      <strong>{delivery.import === null ? name : <Link to={link}>{name}</Link>}</strong>
      <div className="quiet">{tallyText(delivery.tally)}</div>
      <Problems title={say('evidence.refused', { count: delivery.refused.length })} problems={delivery.refused} />
      <Folded title={say('evidence.notes', { count: delivery.notes.length })} texts={delivery.notes} />
    </div>
  )
}

function Problems({ title, problems }: { title: string; problems: readonly Shape<'InputProblem'>[] }) {
  const say = useWords()
  if (problems.length === 0) return null
  return (
    <div>
      <strong>{title}</strong>
      <ul className="plain-list">
        {problems.map(({ code, message, fix, where }) => (
          <li key={`${code} ${where.file} ${where.line} ${where.column} ${message}`}>
            <div>{message}</div>
            <div className="quiet anywhere">
              {say('evidence.place', { file: where.file, line: where.line, column: where.column })}
            </div>
            {fix !== null && <div>{say('evidence.mend', { fix })}</div>}
          </li>
        ))}
      </ul>
    </div>
  )
}

function Unrecognised({ names }: { names: readonly string[] }) {
  const say = useWords()
  if (names.length === 0) return null
  return (
    <div>
      <strong>{say('evidence.unrecognised', { count: names.length })}</strong>
      <div>{say('evidence.unrecognised-help')}</div>
      <Folded title={say('evidence.show-names')} texts={names} />
    </div>
  )
}

function Folded({ title, texts }: { title: string; texts: readonly string[] }) {
  if (texts.length === 0) return null
  return (
    <details className="folded" open={texts.length <= FEW}>
      <summary>{title}</summary>
      <ul className="plain-list anywhere">
        {[...new Set(texts)].map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </details>
  )
}
