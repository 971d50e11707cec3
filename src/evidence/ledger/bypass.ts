import { sql } from 'kysely'
import { type Message, message } from '../../language/index.ts'
import { ASKING_ROLES } from '../records/database.ts'
import type { Ledger } from './ledger.ts'

/** Whether row-level security holds. */
export interface Bypass {
  /** The records are in this process, where a role can be escaped: fit for one trusted user. */
  trial: boolean
  /** Why the login or an asking role would see more than it is let through; empty when it holds. */
  reasons: readonly Message[]
}

/** Says why row-level security would not hold for who asks. Asked at the start of a server, which must not serve on any reason. */
export async function bypassesRowSecurity(ledger: Ledger): Promise<Bypass> {
  const { db, kind } = ledger.records
  const names = sql.join(ASKING_ROLES)
  const trial = kind === 'pglite'
  const { rows: roles } = await sql<{ name: string; super: boolean; bypass: boolean; login: boolean }>`
    select rolname as name, rolsuper as super, rolbypassrls as bypass, rolname = session_user as login
    from pg_catalog.pg_roles where rolname in (${names}) or rolname = session_user order by rolname`.execute(db)
  const reasons: Message[] = []
  for (const name of ASKING_ROLES)
    if (!roles.some((role) => role.name === name)) reasons.push(message('evidence/bypass-no-role', { role: name }))
  for (const role of roles) {
    // In this process the login is always a superuser.
    if (role.login && trial) continue
    if (role.super) reasons.push(message('evidence/bypass-superuser', { role: role.name }))
    else if (role.bypass) reasons.push(message('evidence/bypass-attribute', { role: role.name }))
  }
  if (roles.length < ASKING_ROLES.length) return { trial, reasons }
  const { rows: members } = await sql<{ role: string; of: string }>`
    select r.rolname as role, o.rolname as of from pg_catalog.pg_roles r, pg_catalog.pg_roles o
    where r.rolname in (${names}) and o.oid <> r.oid and not r.rolsuper and pg_has_role(r.oid, o.oid, 'MEMBER')
    order by 1, 2`.execute(db)
  for (const { role, of } of members) reasons.push(message('evidence/bypass-member', { role, of }))
  const { rows: tables } = await sql<{ name: string; owned: boolean; open: boolean }>`
    select c.relname as name, o.rolname in (${names}) as owned, not c.relrowsecurity as open
    from pg_catalog.pg_class c join pg_catalog.pg_roles o on o.oid = c.relowner
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and exists (select 1 from pg_catalog.pg_roles r where r.rolname in (${names}) and has_any_column_privilege(r.oid, c.oid, 'select'))
    order by 1`.execute(db)
  for (const { name, owned, open } of tables) {
    if (owned) reasons.push(message('evidence/bypass-owner', { table: name }))
    if (open) reasons.push(message('evidence/bypass-open', { table: name }))
  }
  return { trial, reasons }
}
