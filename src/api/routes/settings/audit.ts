import type { z } from 'zod'
import { type AuditEntry, describeBreak, verifyChain } from '../../../evidence/audit/index.ts'
import { auditEntries, auditPage } from '../../../evidence/ledger/index.ts'
import { actorOf } from '../../../identity/index.ts'
import { csvText } from '../../../reports/index.ts'
import { type Asked, type BoundRoute, bound, CsvAnswer, whoOf } from '../../asked.ts'
import { Refused } from '../../refused.ts'
import { settingsContracts } from './contract.ts'

const PAGE = 100
/** A table for a spreadsheet is given whole, up to what one holds. */
const CSV_ROWS = 1_000_000

type Query = z.output<NonNullable<typeof settingsContracts.listAudit.query>>

const listAudit = bound(settingsContracts.listAudit, async (asked) => {
  const { query, services } = asked
  const { asker } = whoOf(asked).scope
  const isCsv = query.format === 'csv'
  const filter = { action: query.action, actor: query.actor }
  const place = { before: placeOf(query), limit: isCsv ? CSV_ROWS : (query.limit ?? PAGE) }
  const { entries, total, next } = await services.ledger.asking(asker, (reads) => auditPage(reads, filter, place))
  const names = await namesFor(asked)
  const items = entries.map(({ previous: _, ...entry }) => ({
    ...entry,
    detail: { ...entry.detail },
    actorText: names.get(entry.actor) ?? entry.actor,
  }))
  if (isCsv) return new CsvAnswer(asCsv(items), 'audit.csv')
  return { items, next: next === undefined ? null : String(next), total }
})

const verifyAudit = bound(settingsContracts.verifyAudit, async (asked) => {
  const { services, speak } = asked
  const { asker } = whoOf(asked).scope
  const chain = await services.ledger.asking(asker, (reads) => verifyChain(auditEntries(reads.db)))
  if (!chain.broken) return { entries: chain.entries, sound: true, fault: null }
  return { entries: chain.broken.seq - 1, sound: false, fault: speak.say(describeBreak(chain.broken)) }
})

function placeOf({ cursor }: Query): number | undefined {
  if (cursor === undefined) return undefined
  if (!/^\d{1,15}$/.test(cursor)) throw new Refused(400, 'cursor')
  return Number(cursor)
}

/** The names of the people whom the asker may see, by how the audit calls them. */
async function namesFor(asked: Asked<unknown, Query, unknown>): Promise<Map<string, string>> {
  const people = await asked.services.identity.people.list(whoOf(asked as Asked).scope.asker)
  return new Map(people.map((person) => [actorOf(person), person.name]))
}

function asCsv(entries: readonly (Omit<AuditEntry, 'previous'> & { actorText: string })[]): string {
  const columns = ['seq', 'at', 'actor', 'name', 'action', 'subject', 'detail', 'hash']
  const rows = entries.map(({ seq, at, actor, actorText, action, subject, detail, hash }) => {
    return [seq, at, actor, actorText, action, subject, JSON.stringify(detail), hash]
  })
  return csvText(columns, rows)
}

/** Everything that was done, and whether the chain that seals it is whole. */
export const auditRoutes: BoundRoute[] = [listAudit, verifyAudit]
