import type { Ledger } from '../../../evidence/ledger/index.ts'
import { Exit } from '../../exit.ts'
import type { Session } from '../../session.ts'

/** Every import with its numbers, oldest first. */
export async function showImports(ledger: Ledger, session: Session, json: boolean): Promise<void> {
  const imports = await ledger.imports()
  if (json) return session.printJson(imports)
  const { speak } = session
  if (imports.length === 0) return session.print(`${speak.word('evidence.no-imports')}\n`)
  session.print(`${speak.word('evidence.imports')}\n`)
  for (const each of imports) {
    const tally = speak.say({ id: 'import.tally', params: { ...each.tally } })
    const back = each.retractedAt
      ? ` · ${speak.say({ id: 'evidence.retracted', params: { date: { date: each.retractedAt } } })}`
      : ''
    session.print(
      `  ${each.id}  ${each.receivedAt}  ${speak.word(`source.${each.source}`)}  ${each.label}${back}\n    ${tally}\n`,
    )
  }
}

/** The rejected rows of an import as they stood in their files; what was erased since is said to be. */
export async function showRejects(ledger: Ledger, id: string, session: Session, json: boolean): Promise<void> {
  const { speak } = session
  if (!(await ledger.imports()).some((each) => each.id === id))
    throw new Exit(2, speak.say({ id: 'evidence.no-such-import', params: { import: id } }))
  const rejects = await ledger.rejects(id)
  if (json) return session.printJson(rejects)
  if (rejects.length === 0)
    return session.print(`${speak.say({ id: 'evidence.no-rejects', params: { import: id } })}\n`)
  for (const { file, row, faults, raw } of rejects) {
    const why = faults.map(({ code, field, detail }) =>
      speak.say({ id: `source.fault.${code}`, params: { field, detail: detail ?? '' } }),
    )
    session.print(`${file}:${row}  ${why.join(' ')}\n    ${raw ?? speak.word('evidence.erased')}\n`)
  }
}
