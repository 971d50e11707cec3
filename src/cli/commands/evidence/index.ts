import type { Command } from 'commander'
import { clauseRooms } from '../../../clauses/registry.ts'
import { evidenceAsJson, evidenceAsText } from '../../../reports/index.ts'
import { sourceRooms, sourceWords } from '../../../sources/registry.ts'
import { clauseNeeds, datasetStates, standingOf } from '../../../standing/index.ts'
import { withLedger } from '../../installation.ts'
import { type CommonOptions, Session } from '../../session.ts'
import { crossChecksAsText } from './cross-checks.ts'
import { showImports, showRejects } from './imports.ts'

interface EvidenceOptions extends CommonOptions {
  imports?: boolean
  rejects?: string
}

/** `convenio evidence`: what there is, how fresh, what is missing. */
export function register(program: Command): void {
  program
    .command('evidence')
    .description('what evidence there is, how fresh and how good, and what each clause still needs')
    .option('--data <folder>', 'folder of the installation (default: CONVENIO_DATA, else .convenio)')
    .option('--agreement <path>', 'another document than the installation’s')
    .option('--as-of <date>', 'the day to judge at (default: today)')
    .option('--known-at <date>', 'with what was known on that day (default: today)')
    .option('--supplement <file>', 'what the parties settled outside the text')
    .option('--imports', 'list the imports with their numbers')
    .option('--rejects <import>', 'the rejected rows of one import, with their original bytes')
    .option('--format <format>', 'text or json', 'text')
    .action(async (options: EvidenceOptions) => {
      const session = new Session(options, sourceWords())
      const json = options.format === 'json'
      if (options.imports) return withLedger(session, 'evidence', (ledger) => showImports(ledger, session, json))
      const { rejects } = options
      if (rejects !== undefined)
        return withLedger(session, 'evidence', (ledger) => showRejects(ledger, rejects, session, json))
      const opened = session.open(options.agreement)
      await withLedger(session, 'evidence', async (ledger) => {
        const { evidenceOf } = await import('../../../sources/evidence-of.ts')
        const evidence = await evidenceOf(ledger, sourceRooms, session.asOf, session.knownAt)
        const standing = standingOf(session.input(opened, evidence))
        const states = datasetStates(evidence, clauseRooms)
        const rows = new Map<string, number>()
        for (const { dataset, rows: more } of (await ledger.bulk(session.knownAt)).segments)
          rows.set(dataset, (rows.get(dataset) ?? 0) + more)
        const report = { datasets: states, clauses: clauseNeeds(standing, states, clauseRooms), rows }
        if (json) return session.printJson(evidenceAsJson(report, session.speak))
        session.print(evidenceAsText(report, session.speak, session.paper))
        session.print(crossChecksAsText(evidence, session))
      })
    })
}
