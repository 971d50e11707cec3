import { type Reading, useWords } from '../../frame/index.ts'
import type { ReadData } from '../../frame/reading.ts'
import { type Column, DataTable } from '../../parts/index.ts'
import { capital } from '../../parts/listing/capital.ts'

type Role = ReadData<'/roles'>['roles'][number]

/** Each role with the families of clauses that it sees and the rights that it gives. */
export function RolesTable({ roles }: { roles: Reading<ReadData<'/roles'>> }) {
  const say = useWords()
  const columns: Column<Role>[] = [
    {
      id: 'role',
      header: say('settings.role'),
      cell: ({ name }) => capital(name),
      sort: (a, b) => (a.name < b.name ? -1 : 1),
      text: ({ name }) => name,
      isRowHeader: true,
    },
    {
      id: 'families',
      header: say('settings.families'),
      cell: ({ families }) => families.map((family) => say(`family.${family}`)).join(', ') || say('settings.own-only'),
      text: ({ families }) => families.map((family) => say(`family.${family}`)).join(', '),
    },
    {
      id: 'rights',
      header: say('settings.rights'),
      cell: ({ rights }) => capital(rights.map((right) => say(`settings.right.${right}`)).join(', ')) || '–',
      text: ({ rights }) => rights.map((right) => say(`settings.right.${right}`)).join(', '),
    },
  ]
  return (
    <DataTable
      id="roles"
      title={say('settings.roles-title')}
      description={say('settings.roles-meaning')}
      items={roles.data?.roles}
      columns={columns}
      loading={roles.isLoading}
      error={roles.error}
      retry={roles.refetch}
      empty={say('settings.no-roles')}
      csv={{ fileName: 'roles.csv' }}
      isPlain
    />
  )
}
