import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { describeFileFault, LedgerFault } from '../../../evidence/index.ts'
import { type ImportLine, importFileLines, retractImport } from '../../../evidence/ledger/index.ts'
import { actorOf } from '../../../identity/index.ts'
import type { Speaker } from '../../../language/index.ts'
import { csvText } from '../../../reports/index.ts'
import { importFiles } from '../../../sources/importing.ts'
import { sourceRooms } from '../../../sources/registry.ts'
import { type BoundRoute, bound, CsvAnswer, type Services, whoOf } from '../../asked.ts'
import type { Job } from '../../jobs.ts'
import { holdsWords, pageOfList } from '../../pages-of.ts'
import { notFound, Refused } from '../../refused.ts'
import { problemShape } from '../../shown.ts'
import type { jobShape } from './contract.ts'
import { importContracts } from './contract.ts'
import { receive } from './upload.ts'

function lineShape(line: ImportLine, services: Services, speak: Speaker) {
  const { id, source, label, receivedAt, recordedAt, actor, tally, retractedAt } = line
  const sourceText = speak.word(`source.${source}`)
  const at = new Date(recordedAt).toISOString()
  return {
    id,
    source,
    sourceText,
    label,
    receivedAt,
    recordedAt: at,
    actor: services.names.of(actor),
    tally,
    retractedAt,
  }
}

const listImports = bound(importContracts.listImports, async (asked) => {
  const { services, query, speak } = asked
  const lines = await services.ledger.asking(whoOf(asked).scope.asker, (reads) => reads.imports())
  await services.names.refresh()
  const found = [...lines]
    .reverse()
    .map((line) => lineShape(line, services, speak))
    .filter(
      (line) =>
        (query.source === undefined || line.source === query.source) &&
        (query.rejected === undefined || line.tally.rejected > 0) &&
        holdsWords(query.text, [line.label, line.sourceText, line.actor, line.id]),
    )
  return pageOfList(found, query)
})

const getImport = bound(importContracts.getImport, async (asked) => {
  const { services, params, speak } = asked
  const found = await services.ledger.asking(whoOf(asked).scope.asker, async (reads) => {
    const line = (await reads.imports()).find(({ id }) => id === params.id)
    return line && { line, files: await importFileLines(reads, line.id) }
  })
  if (!found) throw notFound()
  await services.names.refresh()
  return { ...lineShape(found.line, services, speak), files: found.files }
})

const listRejects = bound(importContracts.listRejects, async (asked) => {
  const { services, params, query, speak } = asked
  const rejects = await services.ledger.asking(whoOf(asked).scope.asker, async (reads) =>
    (await reads.imports()).some(({ id }) => id === params.id) ? reads.rejects(params.id) : undefined,
  )
  if (!rejects) throw notFound()
  const items = rejects.map(({ file, row, faults, raw }) => ({
    file,
    row,
    reasons: faults.map(({ code, field, detail }) =>
      speak.say({ id: `source.fault.${code}`, params: { field, detail: detail ?? '' } }),
    ),
    raw: raw ?? null,
  }))
  if (query.format !== 'csv') return pageOfList(items, query)
  const rows = items.map((each) => [each.file, each.row, each.reasons.join(' '), each.raw])
  return new CsvAnswer(csvText(['file', 'row', 'reasons', 'raw'], rows), `rejects-${params.id}.csv`)
})

const bringFiles = bound(importContracts.importFiles, async (asked) => {
  const { services, query, speak, request } = asked
  const { person } = whoOf(asked)
  const { source, 'received-at': receivedAt = services.today(), 'dry-run': dryRun } = query
  if (source !== undefined && !sourceRooms.some((room) => room.id === source))
    throw new Refused(400, 'unknown-source', { params: { sources: sourceRooms.map((room) => room.id) } })
  const folder = join(services.uploads, randomUUID())
  const { names, bytes } = await receive(request, folder)
  const label = names.length === 1 ? (names[0] as string) : `${names[0]} + ${names.length - 1}`
  const job = services.jobs.begin(
    { label, actor: person.name, bytesTotal: bytes, dryRun: dryRun === 'yes' },
    async (onProgress) => {
      const ledger = services.ledger.by(actorOf(person))
      try {
        const wanted = source === undefined ? {} : { source }
        const request = {
          ledger,
          rooms: sourceRooms,
          paths: [folder],
          receivedAt,
          dryRun: dryRun === 'yes',
          onProgress,
        }
        // What is there is compared before it is committed: nobody may write in between.
        return await ledger.exclusive(() => importFiles({ ...request, ...wanted }))
      } finally {
        ledger.release()
        rmSync(folder, { recursive: true, force: true })
      }
    },
    (error) => faultText(error, speak, request.log),
  )
  return jobShapeOf(job, speak)
})

// What the machine did not let us do is told in words; everything else is ours, and goes to the log.
function faultText(error: unknown, speak: Speaker, log: { error(about: object, text: string): void }): string {
  const said = error instanceof LedgerFault ? error.said : describeFileFault(error)
  if (said) return speak.say(said)
  log.error({ err: error }, 'an import failed')
  return speak.word('api.fault')
}

/** Long work as the interface gives it. */
function jobShapeOf(job: Job, speak: Speaker): z.output<typeof jobShape> {
  const { report, ...rest } = job
  const result = report && {
    tally: report.tally,
    deliveries: report.deliveries.map((each) => ({
      import: each.import ?? null,
      source: each.source,
      sourceText: speak.word(`source.${each.source}`),
      label: each.label,
      tally: each.tally,
      refused: each.refused.map((problem) => problemShape(problem, speak)),
      notes: each.notes.map((note) => speak.say(note.message)),
    })),
    unrecognised: report.unrecognised,
    problems: report.problems.map((problem) => problemShape(problem, speak)),
  }
  return { ...rest, result }
}

const takeBack = bound(importContracts.retractImport, async (asked) => {
  const { services, params, body } = asked
  const ledger = services.ledger.by(actorOf(whoOf(asked).person))
  const receivedAt = services.today()
  const done = await retractImport(ledger, params.id, { receivedAt, reason: body.reason })
  if ('unknown' in done) throw notFound()
  return { id: params.id, retractedAt: 'already' in done ? done.already : receivedAt }
})

const listJobs = bound(importContracts.listJobs, async ({ services, speak }) => ({
  items: services.jobs.list().map((job) => jobShapeOf(job, speak)),
}))

const getJob = bound(importContracts.getJob, async ({ services, params, speak }) => {
  const job = services.jobs.get(params.id)
  if (!job) throw notFound()
  return jobShapeOf(job, speak)
})

/** Imports over HTTP. */
export const importRoutes: BoundRoute[] = [listImports, getImport, listRejects, bringFiles, takeBack, listJobs, getJob]
