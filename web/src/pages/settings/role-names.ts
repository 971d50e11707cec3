import { useCan, useRead } from '../../frame/index.ts'

/** Roles by their names, as far as one may see them. */
export function useRoleNames(): { roles: readonly { id: string; name: string }[]; nameOf: (id: string) => string } {
  const can = useCan()
  const { data } = useRead('/roles', { enabled: can('people') })
  const roles = data?.roles ?? []
  return { roles, nameOf: (id) => roles.find((role) => role.id === id)?.name ?? id }
}

/** Roles that a company's sign-in may give: a customer's user needs customers, which no company's account tells. */
export function useGivenRoles(): { id: string; name: string }[] {
  return useRoleNames().roles.filter(({ id }) => id !== 'customer')
}
