import { useId, useState } from 'react'
import { useWords, useWrite } from '../../frame/index.ts'
import { FieldSet } from '../../parts/field/Field.tsx'
import { Fault } from '../../parts/index.ts'

const SHAPES = ['focus', 'cur'] as const
type BillShape = (typeof SHAPES)[number]

/** Which shape of the bill counts when a month came in two. */
export function BillSource({ value }: { value: BillShape | null }) {
  const say = useWords()
  const name = useId()
  const [chosen, setChosen] = useState<BillShape | null>(null)
  const [saved, setSaved] = useState(false)
  const { write, isPending, fault } = useWrite('PUT', '/settings/bill-source')
  const shown = chosen ?? value
  const save = async () => {
    if (shown === null) return
    const written = await write({ body: { value: shown } })
    setSaved(written.ok)
    if (written.ok) setChosen(null)
  }
  return (
    <section className="cv-section" aria-label={say('settings.bill')}>
      <h2>{say('settings.bill')}</h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <FieldSet label={say('settings.bill-question')} description={say('settings.bill-about')}>
          {SHAPES.map((shape) => (
            <label key={shape} className="tick">
              <input
                type="radio"
                name={name}
                checked={shown === shape}
                onChange={() => {
                  setChosen(shape)
                  setSaved(false)
                }}
              />
              {say(`settings.bill-${shape}`)}
            </label>
          ))}
        </FieldSet>
        {fault !== null && <Fault error={fault} />}
        <div className="row-acts">
          <button
            type="submit"
            className="cv-button cv-button-primary"
            disabled={isPending || chosen === null || chosen === value}
          >
            {say('settings.save')}
          </button>
          <span role="status">{saved && say('settings.saved')}</span>
        </div>
      </form>
    </section>
  )
}
