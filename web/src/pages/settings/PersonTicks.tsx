import { useState } from 'react'
import { useWords } from '../../frame/index.ts'
import { FieldSet, Tick } from '../../parts/field/Field.tsx'
import '../../parts/listing/listing.css'
import { capital } from '../../parts/listing/capital.ts'

interface RoleTicksProps {
  roles: readonly { id: string; name: string }[]
  /** The role that goes with no other. */
  alone: string
  chosen: readonly string[]
  onChange: (roles: readonly string[]) => void
  fault: string | undefined
}

/** Which roles; one goes with no other, so choosing it takes the others away. */
export function RoleTicks({ roles, alone, chosen, onChange, fault }: RoleTicksProps) {
  const say = useWords()
  const toggle = (id: string, isChosen: boolean) => {
    if (!isChosen) return onChange(chosen.filter((each) => each !== id))
    onChange(id === alone ? [id] : [...chosen.filter((each) => each !== alone), id])
  }
  return (
    <FieldSet label={say('settings.roles')} description={say('settings.roles-about')} fault={fault}>
      <div className="ticks">
        {roles.map(({ id, name }) => (
          <Tick
            key={id}
            label={capital(name)}
            checked={chosen.includes(id)}
            onChange={(isChosen) => toggle(id, isChosen)}
          />
        ))}
      </div>
    </FieldSet>
  )
}

interface CustomerTicksProps {
  customers: readonly string[]
  chosen: readonly string[]
  onChange: (customers: readonly string[]) => void
  fault: string | undefined
}

/** More customers than this are searched through. */
const FEW = 12

/** To which customers a customer's user belongs. */
export function CustomerTicks({ customers, chosen, onChange, fault }: CustomerTicksProps) {
  const say = useWords()
  const [text, setText] = useState('')
  const every = [...new Set([...customers, ...chosen])].sort()
  const found = every.filter((each) => each.toLowerCase().includes(text.trim().toLowerCase()))
  return (
    <FieldSet label={say('settings.customers')} description={say('settings.customers-about')} fault={fault}>
      {every.length > FEW && (
        <input
          type="search"
          className="cv-input"
          aria-label={say('settings.find-customer')}
          placeholder={say('settings.find-customer')}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <div className="ticks">
        {found.map((customer) => (
          <Tick
            key={customer}
            label={customer}
            checked={chosen.includes(customer)}
            onChange={(isChosen) =>
              onChange(isChosen ? [...chosen, customer] : chosen.filter((each) => each !== customer))
            }
          />
        ))}
      </div>
      {every.length === 0 && <p>{say('settings.no-customers')}</p>}
      {chosen.length > 0 && <p className="quiet">{say('settings.customers-chosen', { count: chosen.length })}</p>}
    </FieldSet>
  )
}
