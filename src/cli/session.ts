import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import {
  type Agreement,
  type OpenedAgreement,
  openAgreement,
  type ReadingContext,
  textOfBytes,
} from '../agreement/index.ts'
import { clauseRooms, knownKinds } from '../clauses/registry.ts'
import { settledAgreement, standingInput } from '../desk/settled.ts'
import { type EvidenceFact, readFacts } from '../evidence/index.ts'
import { loadFacts } from '../facts/index.ts'
import {
  type IsoDate,
  isIsoDate,
  type Language,
  type Message,
  type Problem,
  type Speaker,
  type Words,
} from '../language/index.ts'
import { type Paper, problemsAsText, speakerOf } from '../reports/index.ts'
import type { StandingInput } from '../standing/index.ts'
import { dataFolder, installedAgreement } from './data-folder.ts'
import { Exit } from './exit.ts'
import { host, type Outlet } from './host.ts'
import { nearest } from './nearest.ts'

/** Options that every command understands. */
export interface CommonOptions {
  language?: string
  asOf?: string
  knownAt?: string
  supplement?: string
  evidence?: string
  agreement?: string
  format?: string
  /** Folder of the installation. */
  data?: string
}

/** What a command runs in: where it writes, in which language, and the day it is. The only place that reads the clock. */
export class Session {
  readonly speak: Speaker
  readonly paper: Paper
  /** This day, where the machine is. */
  readonly today: IsoDate
  readonly asOf: IsoDate
  readonly knownAt: IsoDate
  readonly context: ReadingContext
  readonly options: CommonOptions

  /** `words`: what only this command has to say, such as the sources' own words. */
  constructor(options: CommonOptions, words: Words = {}) {
    this.options = options
    this.speak = speakerOf(languageOf(options.language), words)
    this.paper = paperOf(host().out)
    const today = thisDay()
    this.today = today
    this.asOf = options.asOf ?? today
    this.knownAt = options.knownAt ?? (options.asOf && options.asOf > today ? options.asOf : today)
    for (const [name, date] of Object.entries({ '--as-of': this.asOf, '--known-at': this.knownAt })) {
      if (!isIsoDate(date)) throw new Exit(2, `${name} ${date}: ${this.speak.word('cli.bad-date')}`)
    }
    this.context = { kinds: knownKinds(), facts: loadFacts() }
  }

  /** Standard output: the answer alone. */
  print(text: string): void {
    host().out.write(text)
  }

  /** Prints data as JSON. Places in the installation's own texts are told below its folder: restored elsewhere they stay the same bytes. */
  printJson(data: unknown): void {
    const root = join(dataFolder(this.options), '/')
    const below = (key: string, value: unknown) =>
      key === 'file' && typeof value === 'string' && value.startsWith(root) ? value.slice(root.length) : value
    this.print(`${JSON.stringify(data, below, 2)}\n`)
  }

  /** Standard error: a sentence to whoever watches. */
  tell(id: string, params: Message['params']): void {
    host().err.write(`${this.speak.say({ id, params })}\n`)
  }

  /** Standard error: problems and progress. */
  complain(problems: readonly Problem[], texts: ReadonlyMap<string, readonly string[]> = new Map()): void {
    const { err } = host()
    if (problems.length > 0) err.write(problemsAsText(problems, texts, this.speak, paperOf(err)))
  }

  /** The agreement that is meant: the one named, the installation's, or the only one under `agreements/`. */
  agreementPath(path: string | undefined): string {
    return path ?? installedAgreement(this.options) ?? this.#defaultAgreement()
  }

  /** Opens and consolidates an agreement; stops with exit 1 when it cannot be read at all. */
  open(path: string | undefined): OpenedAgreement & { agreement: Agreement } {
    const opened = openAgreement(
      path ?? installedAgreement(this.options) ?? this.#defaultAgreement(),
      this.context,
      this.options.supplement,
    )
    this.complain(opened.problems, opened.texts)
    if (!opened.agreement || opened.problems.length > 0) throw new Exit(1)
    const read = { ...opened, agreement: opened.agreement }
    const amended = settledAgreement(read, this.context, this.asOf, this.knownAt)
    this.#tellFailed(amended)
    return { ...opened, agreement: amended }
  }

  // An amendment that could not be carried out must not go unseen by somebody who only asks for the standing.
  #tellFailed(agreement: Agreement): void {
    for (const { id, signed, changes } of agreement.amendments ?? []) {
      const failed = changes.filter((change) => /^(?:stale-original|unknown-clause|invalid)$/.test(change.outcome))
      for (const { clause, outcome } of signed ? failed : changes) {
        const why = signed ? `amendment/${outcome === 'invalid' ? 'invalid-value' : outcome}` : 'amendment/unsigned'
        const said = this.speak.say({ id: 'cli.amendment-failed', params: { id, clause, why } })
        host().err.write(`${said}\n`)
      }
    }
  }

  /** Everything that standing is a function of; `recorded` is what the installation's ledger knows. */
  input(opened: OpenedAgreement & { agreement: Agreement }, recorded: readonly EvidenceFact[] = []): StandingInput {
    const { context, asOf, knownAt } = this
    return standingInput(opened, context, { asOf, knownAt }, recorded, this.#evidence(opened))
  }

  #evidence(opened: OpenedAgreement): EvidenceFact[] {
    const file = this.options.evidence
    if (file === undefined) return []
    if (!existsSync(file)) throw new Exit(1, `${file}: ${this.speak.word('cli.no-such-file')}`)
    if (statSync(file).isDirectory()) throw new Exit(1, `${file}: ${this.speak.word('cli.is-folder')}`)
    const { text, problems: unreadable } = textOfBytes(readFileSync(file), file)
    if (text !== undefined) opened.texts.set(file, text.split(/\r\n|\n|\r/))
    const { facts, problems } = text === undefined ? { facts: [], problems: unreadable } : readFacts(text, file)
    this.complain(problems, opened.texts)
    if (problems.length > 0) throw new Exit(1)
    const datasets = new Set(clauseRooms.flatMap((room) => room.needs.map((need) => need.dataset)))
    const unknown = new Set(facts.map((fact) => fact.dataset).filter((dataset) => !datasets.has(dataset)))
    for (const dataset of unknown) {
      const near = nearest(dataset, [...datasets])
      const hint = near.length > 0 ? ` ${this.speak.word('cli.nearest')} ${near.join(', ')}?` : ''
      host().err.write(`${file}: ${this.speak.word('cli.unknown-dataset')} ${dataset}.${hint}\n`)
    }
    return facts
  }

  // Without --agreement the only agreement under ./agreements is meant; with several the user must say.
  #defaultAgreement(): string {
    const folder = host().path('agreements')
    const found = existsSync(folder)
      ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'agreement.md')))
      : []
    if (found.length === 1) return join(folder, found[0] as string)
    throw new Exit(2, this.speak.word(found.length === 0 ? 'cli.no-agreement' : 'cli.many-agreements'))
  }
}

/** This day, where the machine is. */
export function thisDay(): IsoDate {
  return Temporal.Now.plainDateISO().toString()
}

/** The language that is wanted: by an option, else by the surroundings. */
export function languageOf(option: string | undefined): Language {
  const { CONVENIO_LANGUAGE, LC_ALL, LC_MESSAGES, LANG } = host().env
  const wanted = option ?? CONVENIO_LANGUAGE ?? LC_ALL ?? LC_MESSAGES ?? LANG ?? 'en'
  return wanted.toLowerCase().startsWith('es') ? 'es' : 'en'
}

function paperOf(outlet: Outlet): Paper {
  return { width: widthOf(outlet), colour: coloured(outlet) }
}

function widthOf(outlet: Outlet): number {
  const columns = outlet.columns ?? Number(host().env.COLUMNS ?? 80)
  return Math.max(60, Math.min(Number.isFinite(columns) && columns > 0 ? columns : 80, 120))
}

function coloured(outlet: Outlet): boolean {
  const { FORCE_COLOR, NO_COLOR } = host().env
  if (NO_COLOR) return false
  if (FORCE_COLOR) return FORCE_COLOR !== '0'
  return outlet.hasColors
}
