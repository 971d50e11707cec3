import { useState } from 'react'
import { useSession, useWords, useWrite } from '../../frame/index.ts'
import { Field, FieldSet, faultAt, isPlaced, Tick, useFaultFocus } from '../../parts/field/Field.tsx'
import { Confirm } from '../../parts/index.ts'
import { capital } from '../../parts/listing/capital.ts'

interface TokenFormProps {
  onClose: () => void
  onMade: (token: { name: string; text: string; expiresAt: string }) => void
}

const MOST_DAYS = 366

/** Makes a token: what it is for, what it may, and for how long. */
export function TokenForm({ onClose, onMade }: TokenFormProps) {
  const say = useWords()
  const own = useSession().rights
  const [name, setName] = useState('')
  const [rights, setRights] = useState<readonly string[]>(own.filter((right) => right === 'read'))
  const [days, setDays] = useState('90')
  const [refused, setRefused] = useState(0)
  const form = useFaultFocus(refused)
  const { write, isPending, fault } = useWrite('POST', '/tokens')
  const whole = /^\d{1,3}$/.test(days) ? Number(days) : 0
  const lacks = { name: name.trim() === '', rights: rights.length === 0, days: whole < 1 || whole > MOST_DAYS }
  const missing = (field: 'name' | 'rights' | 'days') =>
    refused > 0 && lacks[field] ? say(`settings.token-${field}-missing`, { most: MOST_DAYS }) : faultAt(fault, field)
  const begin = async () => {
    if (lacks.name || lacks.rights || lacks.days) return setRefused(refused + 1)
    const written = await write({ body: { name: name.trim(), rights: [...rights], days: whole } })
    if (written.ok) onMade(written.data)
    else setRefused(refused + 1)
  }
  return (
    <Confirm
      title={say('settings.make-token')}
      action={say('settings.make-token')}
      isBusy={isPending}
      fault={isPlaced(fault, ['name', 'rights', 'days']) ? null : fault}
      onConfirm={begin}
      onCancel={onClose}
    >
      <div className="form" ref={form}>
        <Field label={say('settings.name')} description={say('settings.token-name-about')} fault={missing('name')}>
          {(control) => (
            <input
              {...control}
              className="cv-input"
              autoComplete="off"
              maxLength={100}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <RightTicks chosen={rights} onChange={setRights} fault={missing('rights')} />
        <Field label={say('settings.days')} description={say('settings.days-about')} fault={missing('days')}>
          {(control) => (
            <input
              {...control}
              className="cv-input"
              inputMode="numeric"
              autoComplete="off"
              value={days}
              onChange={(event) => setDays(event.target.value.trim())}
            />
          )}
        </Field>
      </div>
    </Confirm>
  )
}

interface RightTicksProps {
  chosen: readonly string[]
  fault: string | undefined
  onChange: (rights: readonly string[]) => void
}

/** A token has no right that its maker lacks, so only one's own are offered. */
function RightTicks({ chosen, fault, onChange }: RightTicksProps) {
  const say = useWords()
  const own = useSession().rights
  return (
    <FieldSet label={say('settings.rights')} description={say('settings.token-rights-about')} fault={fault}>
      <div className="ticks">
        {own.map((right) => (
          <Tick
            key={right}
            label={capital(say(`settings.right.${right}`))}
            checked={chosen.includes(right)}
            onChange={(isChosen) => onChange(isChosen ? [...chosen, right] : chosen.filter((each) => each !== right))}
          />
        ))}
      </div>
    </FieldSet>
  )
}
