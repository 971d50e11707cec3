import type { ImportReport } from '../evidence/index.ts'
import { message, type Problem, type Speaker } from '../language/index.ts'

/** What an import did, as scripts read it. */
export function importAsJson(report: ImportReport, speak: Speaker): object {
  const { dryRun, tally, unrecognised } = report
  return {
    dryRun,
    ...tally,
    unrecognised,
    problems: report.problems.map((problem) => problemAsJson(problem, speak)),
    deliveries: report.deliveries.map((each) => ({
      import: each.import ?? null,
      source: each.source,
      label: each.label,
      ...each.tally,
      replaced: each.replaced,
      files: each.files.map(({ name, tally: own, already }) => ({ name, ...own, already: already ?? null })),
      quirks: each.quirks.map((quirk) => ({
        ...quirk,
        message: speak.say(message(`source.quirk.${quirk.code}`, { field: quirk.field, detail: '' })),
      })),
      rejects: each.rejects.map(({ file, row, faults }) => ({
        file,
        row,
        faults: faults.map((fault) => ({
          ...fault,
          message: speak.say(message(`source.fault.${fault.code}`, { field: fault.field, detail: fault.detail ?? '' })),
        })),
      })),
      refused: each.refused.map((problem) => problemAsJson(problem, speak)),
      notes: each.notes.map((note) => problemAsJson(note, speak)),
    })),
  }
}

function problemAsJson({ code, where, message: said, fix }: Problem, speak: Speaker): object {
  return { code, where, message: speak.say(said), fix: fix ? speak.say(fix) : null }
}
