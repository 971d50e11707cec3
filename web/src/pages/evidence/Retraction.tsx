import type { Shape } from '@client'
import { useState } from 'react'
import { useFormat, useWords, useWrite } from '../../frame/index.ts'
import { Field, faultAt, isPlaced, useFaultFocus } from '../../parts/field/Field.tsx'
import { Confirm } from '../../parts/index.ts'

interface RetractionProps {
  item: Shape<'ImportLine'>
  onClose: () => void
  /** Told the day from which it counts no more. */
  onDone: (retractedAt: string) => void
}

/** Takes an import back, once a reason is given and the word is written that confirms it. */
export function Retraction({ item, onClose, onDone }: RetractionProps) {
  const say = useWords()
  const format = useFormat()
  const [reason, setReason] = useState('')
  const [confirmed, setConfirmed] = useState('')
  const [refused, setRefused] = useState(0)
  const form = useFaultFocus(refused)
  const { write, isPending, fault } = useWrite('POST', '/imports/{id}/retraction')
  const word = say('evidence.take-back-word')
  const agrees = confirmed.trim().toLowerCase() === word.toLowerCase()
  const missing = refused > 0 && reason.trim() === '' ? say('evidence.reason-missing') : undefined
  const begin = async () => {
    if (reason.trim() === '' || !agrees) return setRefused(refused + 1)
    const written = await write({ params: { id: item.id }, body: { reason: reason.trim() } })
    if (written.ok) onDone(written.data.retractedAt)
    else setRefused(refused + 1)
  }
  return (
    <Confirm
      title={say('evidence.take-back-what', { label: item.label })}
      action={say('evidence.take-back')}
      isDangerous
      isBusy={isPending}
      fault={isPlaced(fault, ['reason']) ? null : fault}
      onConfirm={begin}
      onCancel={onClose}
    >
      <p>{say('evidence.take-back-help', { rows: format.number(item.tally.kept) })}</p>
      <div className="form" ref={form}>
        <Reason value={reason} onChange={setReason} fault={missing ?? faultAt(fault, 'reason')} />
        <Field
          label={say('evidence.confirm', { word })}
          fault={refused > 0 && !agrees ? say('evidence.confirm-missing', { word }) : undefined}
        >
          {(control) => (
            <input
              {...control}
              className="cv-input"
              autoComplete="off"
              value={confirmed}
              onChange={(event) => setConfirmed(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Confirm>
  )
}

interface ReasonProps {
  value: string
  fault: string | undefined
  onChange: (reason: string) => void
}

function Reason({ value, fault, onChange }: ReasonProps) {
  const say = useWords()
  return (
    <Field label={say('evidence.reason')} description={say('evidence.reason-help')} fault={fault}>
      {(control) => (
        <textarea
          {...control}
          className="cv-input"
          rows={3}
          maxLength={2000}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
