import { literal, type Owner, PARTNER } from '../evidence/index.ts'
import type { BulkContext } from './room.ts'

type Owners = BulkContext['owners']

/** SQL that says whose a row is, by the instance's id and the day on which it happened. */
export function ownerSql(owners: Owners, instance: string, happened: string): string {
  const cases = owners
    .filter((each) => each.instance !== '')
    .map(({ instance: id, owner, from, to }) => {
      const until = to === null ? '' : ` AND ${happened} < ${literal(to)}::TIMESTAMP`
      return `WHEN ${instance} = ${literal(id)} AND ${happened} >= ${literal(from)}::TIMESTAMP${until} THEN ${literal(owner)}`
    })
  const unknown = `coalesce('instance:' || ${instance}, ${literal(PARTNER)})`
  return cases.length === 0 ? unknown : `CASE ${cases.join(' ')} ELSE ${unknown} END`
}

const INSTANCE = /\binstance\/([0-9a-fA-F-]{1,64})/

/** Whose a row is that could not be read, as far as its text tells: the last known owner of the instance it names. */
export function ownerOfText(owners: Owners, text: string): Owner {
  const instance = INSTANCE.exec(text)?.[1]
  if (instance === undefined) return PARTNER
  return owners.findLast((each) => each.instance === instance)?.owner ?? `instance:${instance}`
}
