import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openAgreement, type ReadingContext } from '../agreement/index.ts'
import { checkRooms, findingPages } from '../checks/registry.ts'
import type { Finding } from '../checks/room.ts'
import { runChecks } from '../checks/run.ts'
import { clauseRooms } from '../clauses/registry.ts'
import type { EvidenceFact } from '../evidence/index.ts'
import type { Ledger } from '../evidence/ledger/index.ts'
import type { IsoDate, Problem } from '../language/index.ts'
import type { SourceRoom } from '../sources/room.ts'
import {
  type ClauseNeeds,
  clauseNeeds,
  type DatasetState,
  datasetStates,
  type Standing,
  type StandingInput,
  standingOf,
} from '../standing/index.ts'
import { EvidenceStore } from './evidence-store.ts'
import { Memory } from './memory.ts'
import { type Scope, scopeKey, withReads } from './scope.ts'
import { type SettledAgreement, settledAgreement, standingInput } from './settled.ts'
import { shownTo } from './shown-to.ts'
import { monthEndsBefore } from './trend.ts'

/** The two days of a question. */
export interface Dates {
  asOf: IsoDate
  knownAt: IsoDate
}

/** Where everything stands for a scope on a day. */
export interface View extends Dates {
  scope: Scope
  opened: SettledAgreement
  input: StandingInput
  standing: Standing
  evidence: readonly EvidenceFact[]
  states: readonly DatasetState[]
  needs: readonly ClauseNeeds[]
}

/** The installation's text cannot be read: why. */
export class UnreadableAgreement extends Error {
  readonly problems: readonly Problem[]
  constructor(problems: readonly Problem[]) {
    super(`the agreement cannot be read: ${problems.map((each) => each.code).join(', ')}`)
    this.problems = problems
  }
}

/** An installation at work: answers where its clauses stand, for whom and for which days, and keeps what was costly to find. */
export class Desk {
  readonly ledger: Ledger
  readonly context: ReadingContext
  readonly sources: readonly SourceRoom[]
  readonly #folder: string
  readonly #evidence: EvidenceStore
  readonly #views = new Memory<View>(64)
  readonly #findings = new Memory<Finding[]>(64)
  readonly #monthEnds = new Memory<Standing>(400)
  #opened: SettledAgreement | undefined
  #stamp = ''

  constructor(ledger: Ledger, context: ReadingContext, sources: readonly SourceRoom[]) {
    this.ledger = ledger
    this.context = context
    this.sources = sources
    this.#folder = join(ledger.places.agreements, ledger.agreement)
    this.#evidence = new EvidenceStore(ledger, sources)
  }

  /** Says that evidence changed: of these datasets, or of any. */
  changed(datasets?: readonly string[]): void {
    this.#evidence.changed(datasets)
    this.#views.clear()
    this.#monthEnds.clear()
  }

  /** The text as it lies in the installation, read again when its files are others; throws UnreadableAgreement. */
  opened(): SettledAgreement {
    const stamp = stampOf(this.#folder)
    if (!this.#opened || stamp !== this.#stamp) {
      this.#opened = undefined
      this.#findings.clear()
      this.changed([])
      this.#stamp = stamp
      const opened = openAgreement(this.#folder, this.context)
      const { agreement } = opened
      if (!agreement || opened.problems.length > 0) throw new UnreadableAgreement(opened.problems)
      this.#opened = { ...opened, agreement }
    }
    return this.#opened
  }

  /** The text as amended on a day. */
  settled({ asOf, knownAt }: Dates): SettledAgreement {
    const opened = this.opened()
    return { ...opened, agreement: settledAgreement(opened, this.context, asOf, knownAt) }
  }

  /** Where everything that a scope may see stands. */
  view(scope: Scope, dates: Dates): Promise<View> {
    this.opened()
    const { asOf, knownAt } = dates
    return this.#views.get(`${scopeKey(scope)} ${asOf} ${knownAt}`, async () => {
      const evidence = await this.#evidence.at(scope, asOf, knownAt)
      const { opened, input, standing } = this.#judged(scope, dates, evidence)
      const states = datasetStates(evidence, clauseRooms)
      const needs = clauseNeeds(standing, states, clauseRooms)
      return { scope, ...dates, opened, input, standing, evidence, states, needs }
    })
  }

  /**
   * Standings at the last month ends before the day asked about, oldest first; of one kind of clauses alone when only those are wanted,
   * which spares judging all the others.
   */
  async trend(scope: Scope, dates: Dates, months: number, kind?: string): Promise<Standing[]> {
    this.opened()
    const { asOf, knownAt } = dates
    const standings: Standing[] = []
    for (const end of monthEndsBefore(asOf, months)) {
      const key = `${scopeKey(scope)} ${end} ${knownAt} ${kind ?? '*'}`
      standings.push(
        await this.#monthEnds.get(key, async () => {
          // Judging takes a while; others' questions are answered in between.
          await new Promise((resolve) => setImmediate(resolve))
          const evidence = await this.#evidence.atMonthEnd(scope, end, asOf, knownAt)
          return this.#judged(scope, { asOf: end, knownAt }, evidence, kind).standing
        }),
      )
    }
    return standings
  }

  /** What the checks say of the text on a day. */
  findings(dates: Dates): Promise<Finding[]> {
    this.opened()
    return this.#findings.get(`${dates.asOf} ${dates.knownAt}`, async () => this.check(this.settled(dates), dates))
  }

  /** What the checks say of some text. */
  check(opened: SettledAgreement, dates: Dates): Finding[] {
    const { agreement, rules, facts, asOf, supplement } = standingInput(opened, this.context, dates, [])
    const input = { agreement, rules, facts, asOf, ...(supplement ? { supplement } : {}) }
    return runChecks(checkRooms, findingPages(), input)
  }

  /** The rows of each bulk dataset. */
  bulkRows(scope: Scope, knownAt: IsoDate): Promise<Map<string, number>> {
    return this.#evidence.bulkRows(scope, knownAt)
  }

  /** Standing of some other text with the same evidence, such as of a draft. */
  async standingWith(scope: Scope, dates: Dates, opened: SettledAgreement): Promise<Standing> {
    const evidence = await this.#evidence.at(scope, dates.asOf, dates.knownAt)
    return shownTo(scope, standingOf(standingInput(opened, this.context, dates, evidence)))
  }

  #judged(scope: Scope, dates: Dates, evidence: readonly EvidenceFact[], kind?: string) {
    const opened = this.settled(dates)
    const all = standingInput(opened, this.context, dates, evidence)
    const input = kind === undefined ? all : { ...all, rooms: roomsFor(kind) }
    return { opened, input, standing: shownTo(scope, standingOf(input)) }
  }
}

function roomsFor(kind: string): StandingInput['rooms'] {
  const wanted = withReads([kind], clauseRooms)
  return clauseRooms.filter((room) => wanted.has(room.id))
}

// The files of the text with their sizes and times: another stamp is another text.
function stampOf(folder: string): string {
  if (!existsSync(folder)) return ''
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => {
      const { mtimeMs, size } = statSync(join(each.parentPath, each.name))
      return `${each.name} ${mtimeMs} ${size}`
    })
    .join('\n')
}
