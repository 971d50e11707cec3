import type { Shape } from '@client'
import { type FormEvent, useState } from 'react'
import { useCan, useDates, useFormat, useWords, useWrite } from '../../frame/index.ts'
import { Field } from '../../parts/field/Field.tsx'
import { Fault } from '../../parts/index.ts'

/** The waiver that excuses a clause, and for those who may, the form that writes one. */
export function Waiver({ clause }: { clause: Shape<'ClauseDetail'> }) {
  const words = useWords()
  const format = useFormat()
  const can = useCan()
  const [open, setOpen] = useState(false)
  const [done, setDone] = useState('')
  const { waiver } = clause
  const mayWaive = can('waive') && (clause.force === 'obligation' || clause.force === 'target')
  if (!waiver && !mayWaive) return null
  return (
    <section className="clause-card" aria-labelledby="clause-waiver">
      <h2 id="clause-waiver">{words('clauses.waiver')}</h2>
      {waiver ? (
        <p>
          {words('clauses.waiver.stands', { by: waiver.by, until: format.date(waiver.until) })} {waiver.reason}
        </p>
      ) : (
        <p className="clauses-quiet">{words('clauses.waiver.none')}</p>
      )}
      <p role="status">{done === '' ? '' : words('clauses.waiver.done', { until: format.date(done) })}</p>
      {mayWaive && !open && (
        <button type="button" className="cv-button" onClick={() => setOpen(true)}>
          {words(waiver ? 'clauses.waiver.again' : 'clauses.waiver.begin')}
        </button>
      )}
      {mayWaive && open && (
        <WaiverForm
          clause={clause.id}
          onDone={(until) => {
            setDone(until)
            setOpen(false)
          }}
          onCancel={() => setOpen(false)}
        />
      )}
    </section>
  )
}

interface WaiverFormProps {
  clause: string
  onDone: (until: string) => void
  onCancel: () => void
}

function WaiverForm({ clause, onDone, onCancel }: WaiverFormProps) {
  const words = useWords()
  const { today } = useDates()
  const { write, isPending, fault } = useWrite('POST', '/waivers')
  const [waiver, setWaiver] = useState({ reason: '', approvedBy: '', until: '' })
  const change = (part: Partial<typeof waiver>) => setWaiver({ ...waiver, ...part })
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const { reason, approvedBy, until } = waiver
    const written = await write({ body: { clause, reason: reason.trim(), approvedBy: approvedBy.trim(), until } })
    if (written.ok) onDone(written.data.until)
  }
  const filled = waiver.reason.trim() !== '' && waiver.approvedBy.trim() !== '' && waiver.until !== ''
  return (
    <form className="clause-form" onSubmit={(event) => void submit(event)}>
      <p>{words('clauses.waiver.about')}</p>
      <Field label={words('clauses.waiver.reason')}>
        {(control) => (
          <textarea
            {...control}
            className="cv-input"
            required
            maxLength={2000}
            value={waiver.reason}
            onChange={(event) => change({ reason: event.target.value })}
          />
        )}
      </Field>
      <Field label={words('clauses.waiver.approved-by')}>
        {(control) => (
          <input
            {...control}
            className="cv-input"
            required
            maxLength={200}
            value={waiver.approvedBy}
            onChange={(event) => change({ approvedBy: event.target.value })}
          />
        )}
      </Field>
      <Field label={words('clauses.waiver.until')} description={words('clauses.waiver.until.about')}>
        {(control) => (
          <input
            {...control}
            className="cv-input"
            type="date"
            required
            min={today}
            value={waiver.until}
            onChange={(event) => change({ until: event.target.value })}
          />
        )}
      </Field>
      {fault && <Fault error={fault} />}
      <div className="cv-actions">
        <button type="submit" className="cv-button cv-button-primary" disabled={!filled || isPending}>
          {words('clauses.waiver.write')}
        </button>
        <button type="button" className="cv-button" onClick={onCancel}>
          {words('parts.cancel')}
        </button>
      </div>
    </form>
  )
}
