import { readData, type Words } from '../language/index.ts'
import { amendmentChecks } from './amendment/index.ts'
import { arithmeticChecks } from './arithmetic/index.ts'
import { commitmentChecks } from './commitment/index.ts'
import { evidenceReadinessChecks } from './evidence-readiness/index.ts'
import { exitChecks } from './exit/index.ts'
import { fundsChecks } from './funds/index.ts'
import { governanceChecks } from './governance/index.ts'
import { peopleChecks } from './people/index.ts'
import { priceChecks } from './price/index.ts'
import { residencyChecks } from './residency/index.ts'
import { responsibilityChecks } from './responsibility/index.ts'
import type { CheckRoom, FindingPage } from './room.ts'
import { serviceLevelChecks } from './service-level/index.ts'
import { structureChecks } from './structure/index.ts'
import { supplementChecks } from './supplement/index.ts'
import { termChecks } from './term/index.ts'
import { textChecks } from './text/index.ts'
import { waiverChecks } from './waiver/index.ts'

/** Every room of `checks/`; a test keeps the list complete. */
export const checkRooms: CheckRoom[] = [
  structureChecks,
  textChecks,
  arithmeticChecks,
  termChecks,
  commitmentChecks,
  priceChecks,
  serviceLevelChecks,
  residencyChecks,
  peopleChecks,
  fundsChecks,
  governanceChecks,
  responsibilityChecks,
  exitChecks,
  evidenceReadinessChecks,
  supplementChecks,
  amendmentChecks,
  waiverChecks,
]

/** The pages of all findings by code. */
export function findingPages(): Record<string, FindingPage> {
  return Object.assign(
    {},
    ...checkRooms.map((room) => readData(new URL(`./${room.id}/findings.yaml`, import.meta.url))),
  ) as Record<string, FindingPage>
}

/** Titles, messages, labels and fixes of all findings as words (`code`, `code.title`, `code.fix`, `code.label.x`), with shared ones. */
export function findingWords(pages: Record<string, FindingPage>): Words {
  const words: Words = { ...(readData(new URL('./words.yaml', import.meta.url)) as Words) }
  for (const [code, page] of Object.entries(pages)) {
    words[code] = page.message
    words[`${code}.title`] = page.title
    words[`${code}.fix`] = page.fix
    for (const [label, wording] of Object.entries(page.labels ?? {})) words[`${code}.label.${label}`] = wording
  }
  return words
}
