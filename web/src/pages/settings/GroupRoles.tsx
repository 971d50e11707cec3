import { useWords } from '../../frame/index.ts'
import { Field, FieldSet } from '../../parts/field/Field.tsx'
import type { GroupRole, ProviderSaid } from './provider-form.ts'
import { useGivenRoles } from './role-names.ts'

interface GroupRolesProps {
  said: ProviderSaid
  fault: string | undefined
  onChange: (part: Partial<ProviderSaid>) => void
}

/** Which roles the company's groups give, a line for each. */
export function GroupRoles({ said, fault, onChange }: GroupRolesProps) {
  const say = useWords()
  const { groups, claim } = said
  const next = groups.reduce((most, { line }) => Math.max(most, line + 1), 0)
  const change = (line: number, part: Partial<GroupRole>) =>
    onChange({ groups: groups.map((each) => (each.line === line ? { ...each, ...part } : each)) })
  return (
    <FieldSet label={say('settings.groups')} description={say('settings.groups-about')} fault={fault}>
      {groups.length > 0 && (
        <Field label={say('settings.claim')} description={say('settings.claim-about')}>
          {(control) => (
            <input
              {...control}
              className="cv-input"
              autoComplete="off"
              spellCheck={false}
              value={claim}
              onChange={(event) => onChange({ claim: event.target.value })}
            />
          )}
        </Field>
      )}
      {groups.map((each, at) => (
        <GroupLine
          key={each.line}
          each={each}
          at={at + 1}
          onChange={(part) => change(each.line, part)}
          onRemove={() => onChange({ groups: groups.filter(({ line }) => line !== each.line) })}
        />
      ))}
      <div className="row-acts">
        <button
          type="button"
          className="cv-button"
          onClick={() => onChange({ groups: [...groups, { line: next, group: '', role: '' }] })}
        >
          {say('settings.add-group')}
        </button>
      </div>
    </FieldSet>
  )
}

interface GroupLineProps {
  each: GroupRole
  at: number
  onChange: (part: Partial<GroupRole>) => void
  onRemove: () => void
}

function GroupLine({ each, at, onChange, onRemove }: GroupLineProps) {
  const say = useWords()
  const roles = useGivenRoles()
  return (
    <div className="group-line">
      <input
        className="cv-input"
        aria-label={say('settings.group-at', { at })}
        placeholder={say('settings.group')}
        autoComplete="off"
        value={each.group}
        onChange={(event) => onChange({ group: event.target.value })}
      />
      <select
        className="cv-input"
        aria-label={say('settings.role-at', { at })}
        value={each.role}
        onChange={(event) => onChange({ role: event.target.value })}
      >
        <option value="">{say('settings.choose-role')}</option>
        {roles.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <button type="button" className="cv-button" aria-label={say('settings.remove-group', { at })} onClick={onRemove}>
        ×
      </button>
    </div>
  )
}
