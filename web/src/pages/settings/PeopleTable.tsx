import type { Shape } from '@client'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import { type Reading, useFormat, useSession, useWords } from '../../frame/index.ts'
import { type Column, DataTable, Menu } from '../../parts/index.ts'
import { capital } from '../../parts/listing/capital.ts'
import './settings.css'

type Person = Shape<'Person'>

/** What can be done to a person from the list. */
export type PersonAct = 'change' | 'disable' | 'enable' | 'link'

interface PeopleTableProps {
  people: Reading<{ items: Person[] }>
  roles: readonly { id: string; name: string }[]
  onAct: (act: PersonAct, person: Person) => void
  empty: ReactNode
}

/** Everybody who may sign in or could once. */
export function PeopleTable({ people, roles, onAct, empty }: PeopleTableProps) {
  const say = useWords()
  const names = new Map(roles.map(({ id, name }) => [id, name]))
  return (
    <DataTable
      id="people"
      label={say('settings.people')}
      items={people.data?.items}
      columns={usePersonColumns((id) => names.get(id) ?? id, onAct)}
      filters={[
        {
          id: 'role',
          label: say('settings.role'),
          of: (person) => person.roles,
          show: (id) => capital(names.get(id) ?? id),
        },
        {
          id: 'state',
          label: say('settings.state'),
          of: (person) => (person.disabled ? 'disabled' : 'enabled'),
          show: (state) => say(`settings.${state}`),
        },
      ]}
      loading={people.isLoading}
      error={people.error}
      retry={people.refetch}
      empty={empty}
      csv={{ fileName: 'people.csv' }}
    />
  )
}

function usePersonColumns(roleName: (id: string) => string, onAct: PeopleTableProps['onAct']): Column<Person>[] {
  const say = useWords()
  const { dateTime } = useFormat()
  const wayText = useWaysText()
  const text = (id: string, of: (person: Person) => string, header = say(`settings.${id}`)): Column<Person> => ({
    id,
    header,
    cell: (person) => of(person) || '–',
    sort: (a, b) => compare(of(a), of(b)),
    text: of,
  })
  return [
    { ...text('name', ({ name }) => name), isRowHeader: true },
    text('email', ({ email }) => email),
    text('roles', ({ roles }) => capital(roles.map(roleName).join(', '))),
    text('customers', ({ customers }) => customers.join(', ')),
    text('ways', (person) => capital(wayText(person))),
    {
      id: 'state',
      header: say('settings.state'),
      cell: ({ disabled }) => (
        <StatusIndicator type={disabled ? 'stopped' : 'success'} wrapText={false}>
          {say(disabled ? 'settings.disabled' : 'settings.enabled')}
        </StatusIndicator>
      ),
      sort: (a, b) => Number(a.disabled) - Number(b.disabled),
      csv: ({ disabled }) => (disabled ? 'disabled' : 'enabled'),
    },
    {
      id: 'since',
      header: say('settings.since'),
      cell: ({ createdAt }) => dateTime(createdAt),
      sort: (a, b) => compare(a.createdAt, b.createdAt),
      csv: ({ createdAt }) => createdAt,
      isHidden: true,
    },
    { id: 'acts', header: say('settings.acts'), cell: (person) => <Acts person={person} onAct={onAct} /> },
  ]
}

function useWaysText(): (person: Person) => string {
  const say = useWords()
  return ({ signIn }) =>
    [
      signIn.password ? say('settings.way-password') : '',
      signIn.passkeys > 0 ? say('settings.way-passkeys', { count: signIn.passkeys }) : '',
      signIn.oidc ? say('settings.way-company') : '',
    ]
      .filter((way) => way !== '')
      .join(', ')
}

function Acts({ person, onAct }: { person: Person; onAct: PeopleTableProps['onAct'] }) {
  const say = useWords()
  const own = useSession().person?.id === person.id
  const acts: PersonAct[] = person.disabled
    ? ['change', 'enable']
    : ['change', 'link', ...(own ? [] : ['disable' as const])]
  return (
    <Menu button={say('settings.act')} label={say('settings.act-on', { name: person.name })} align="end">
      {(close) => (
        <div className="cv-choices">
          {acts.map((act) => (
            <button
              key={act}
              type="button"
              className="cv-button"
              onClick={() => {
                close()
                onAct(act, person)
              }}
            >
              {say(`settings.act-${act}`)}
            </button>
          ))}
        </div>
      )}
    </Menu>
  )
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
