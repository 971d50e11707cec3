import type { Shape } from '@client'
import { useState } from 'react'
import { useWords, useWrite } from '../../frame/index.ts'
import { faultAt, useFaultFocus } from '../../parts/field/Field.tsx'

/** How the company signs in, as the server gives it. */
export type Provider = NonNullable<Shape<'Settings'>['provider']>

/** A group of the company and a role that its people get. */
export interface GroupRole {
  /** Tells lines apart while they are written. */
  line: number
  group: string
  role: string
}

/** What stands in the form. */
export interface ProviderSaid {
  name: string
  issuer: string
  clientId: string
  clientSecret: string
  newPeople: readonly string[]
  claim: string
  groups: readonly GroupRole[]
}

/** The fields of the form as the server names them. */
export const PROVIDER_FIELDS = ['name', 'issuer', 'clientId', 'clientSecret', 'newPeople', 'groups'] as const
type FieldName = (typeof PROVIDER_FIELDS)[number]

/** The state of the form, and sending it. */
export function useProviderForm(provider: Provider | null, onClose: () => void) {
  const say = useWords()
  const [said, setSaid] = useState<ProviderSaid>(() => saidOf(provider))
  const [refused, setRefused] = useState(0)
  const place = useFaultFocus(refused)
  const { write, isPending, fault } = useWrite('PUT', '/settings/provider')
  const own: Partial<Record<FieldName, string>> = {}
  if (said.name.trim() === '') own.name = say('settings.name-missing')
  if (!URL.canParse(said.issuer.trim())) own.issuer = say('settings.provider-issuer-wrong')
  if (said.clientId.trim() === '') own.clientId = say('settings.provider-clientId-missing')
  if (!areWhole(said)) own.groups = say('settings.groups-incomplete')
  const submit = async () => {
    if (Object.keys(own).length > 0) return setRefused(refused + 1)
    const written = await write({ body: bodyOf(said) })
    if (written.ok) onClose()
    else setRefused(refused + 1)
  }
  return {
    said,
    set: (part: Partial<ProviderSaid>) => setSaid({ ...said, ...part }),
    wrong: (field: FieldName) => (refused > 0 ? own[field] : undefined) ?? faultAt(fault, field),
    place,
    submit,
    fault,
    isPending,
  }
}

function saidOf(provider: Provider | null): ProviderSaid {
  const groups = Object.entries(provider?.groups?.roles ?? {})
  return {
    name: provider?.name ?? '',
    issuer: provider?.issuer ?? '',
    clientId: provider?.clientId ?? '',
    clientSecret: '',
    newPeople: provider?.newPeople ?? [],
    claim: provider?.groups?.claim ?? 'groups',
    groups: groups
      .flatMap(([group, roles]) => roles.map((role) => ({ group, role })))
      .map((each, line) => ({ ...each, line })),
  }
}

function areWhole({ claim, groups }: ProviderSaid): boolean {
  return (
    groups.length === 0 || (claim.trim() !== '' && groups.every((each) => each.group.trim() !== '' && each.role !== ''))
  )
}

function bodyOf({ name, issuer, clientId, clientSecret, newPeople, claim, groups }: ProviderSaid) {
  const roles: Record<string, string[]> = {}
  for (const { group, role } of groups) {
    const before = roles[group.trim()] ?? []
    if (!before.includes(role)) roles[group.trim()] = [...before, role]
  }
  return {
    name: name.trim(),
    issuer: issuer.trim(),
    clientId: clientId.trim(),
    ...(clientSecret === '' ? {} : { clientSecret }),
    newPeople: [...newPeople],
    groups: groups.length === 0 ? null : { claim: claim.trim(), roles },
  }
}
