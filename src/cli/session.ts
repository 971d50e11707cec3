import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import {
  type Agreement,
  consolidate,
  type OpenedAgreement,
  openAgreement,
  type ReadingContext,
  RuleBook,
  type Supplement,
  textOfBytes,
  withCurrency,
} from '../agreement/index.ts'
import { clauseRooms, knownKinds } from '../clauses/registry.ts'
import { type EvidenceFact, readFacts } from '../evidence/index.ts'
import { loadFacts } from '../facts/index.ts'
import { type IsoDate, isIsoDate, type Language, type Problem, type Speaker, type Words } from '../language/index.ts'
import { type Paper, problemsAsText, speakerOf } from '../reports/index.ts'
import type { StandingInput } from '../standing/index.ts'
import { dataFolder, installedAgreement } from './data-folder.ts'
import { Exit } from './exit.ts'
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
    this.paper = { width: widthOf(process.stdout), colour: coloured(process.stdout) }
    const today = Temporal.Now.plainDateISO().toString()
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
    process.stdout.write(text)
  }

  /** Prints data as JSON. Places in the installation's own texts are told below its folder: restored elsewhere they stay the same bytes. */
  printJson(data: unknown): void {
    const root = join(dataFolder(this.options), '/')
    const below = (key: string, value: unknown) =>
      key === 'file' && typeof value === 'string' && value.startsWith(root) ? value.slice(root.length) : value
    this.print(`${JSON.stringify(data, below, 2)}\n`)
  }

  /** Standard error: problems and progress. */
  complain(problems: readonly Problem[], texts: ReadonlyMap<string, readonly string[]> = new Map()): void {
    const paper = { width: widthOf(process.stderr), colour: coloured(process.stderr) }
    if (problems.length > 0) process.stderr.write(problemsAsText(problems, texts, this.speak, paper))
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
    // The currency is settled first: an amendment quotes the text as the parties read it.
    const text = settled(opened.agreement, opened)
    const amended = consolidate(text, opened.amendments, this.asOf, this.knownAt, this.context.kinds)
    this.#tellFailed(amended)
    return { ...opened, agreement: settled(amended, opened) }
  }

  // An amendment that could not be carried out must not go unseen by somebody who only asks for the standing.
  #tellFailed(agreement: Agreement): void {
    for (const { id, signed, changes } of agreement.amendments ?? []) {
      const failed = changes.filter((change) => /^(?:stale-original|unknown-clause|invalid)$/.test(change.outcome))
      for (const { clause, outcome } of signed ? failed : changes) {
        const why = signed ? `amendment/${outcome === 'invalid' ? 'invalid-value' : outcome}` : 'amendment/unsigned'
        const said = this.speak.say({ id: 'cli.amendment-failed', params: { id, clause, why } })
        process.stderr.write(`${said}\n`)
      }
    }
  }

  /** Everything that standing is a function of; `recorded` is what the installation's ledger knows. */
  input(opened: OpenedAgreement & { agreement: Agreement }, recorded: readonly EvidenceFact[] = []): StandingInput {
    const { agreement } = opened
    const supplement = withWaivers(opened.supplement, recorded)
    const rules = new RuleBook(agreement, supplement)
    const common = {
      agreement,
      rules,
      facts: this.context.facts,
      rooms: clauseRooms,
      // A waiver excuses; that it was given proves nothing of what happened.
      evidence: [...recorded.filter((fact) => fact.dataset !== 'waivers'), ...this.#evidence(opened)],
      asOf: this.asOf,
      knownAt: this.knownAt,
    }
    return supplement ? { ...common, supplement } : common
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
      process.stderr.write(`${file}: ${this.speak.word('cli.unknown-dataset')} ${dataset}.${hint}\n`)
    }
    return facts
  }

  // Without --agreement the only agreement under ./agreements is meant; with several the user must say.
  #defaultAgreement(): string {
    const found = existsSync('agreements')
      ? readdirSync('agreements').filter((name) => existsSync(join('agreements', name, 'agreement.md')))
      : []
    if (found.length === 1) return join('agreements', found[0] as string)
    throw new Exit(2, this.speak.word(found.length === 0 ? 'cli.no-agreement' : 'cli.many-agreements'))
  }
}

// A currency that the supplement settles is applied to the text's bare signs; the check for disagreement sees both.
function settled(agreement: Agreement, opened: OpenedAgreement): Agreement {
  const rule = opened.supplement?.rules.find((each) => each.topic === 'currency' && each.clause === undefined)
  const currency = (rule?.value as { currency?: string } | undefined)?.currency
  return currency ? withCurrency(agreement, currency) : agreement
}

/** A supplement with the waivers that the ledger knows besides. */
function withWaivers(supplement: Supplement | undefined, recorded: readonly EvidenceFact[]): Supplement | undefined {
  const waivers = recorded
    .filter((fact) => fact.dataset === 'waivers')
    .map(({ values }) => ({
      clause: String(values.clause),
      reason: String(values.reason),
      approvedBy: String(values.approvedBy),
      until: String(values.until),
      span: { file: 'convenio waive', line: 1, column: 1, endLine: 1, endColumn: 1 },
    }))
  if (waivers.length === 0) return supplement
  const own = supplement ?? { file: 'convenio waive', lines: [], rules: [], waivers: [] }
  return { ...own, waivers: [...waivers, ...own.waivers] }
}

function languageOf(option: string | undefined): Language {
  const wanted =
    option ?? process.env.CONVENIO_LANGUAGE ?? process.env.LC_ALL ?? process.env.LC_MESSAGES ?? process.env.LANG ?? 'en'
  return wanted.toLowerCase().startsWith('es') ? 'es' : 'en'
}

function widthOf(stream: NodeJS.WriteStream): number {
  const columns = stream.columns ?? Number(process.env.COLUMNS ?? 80)
  return Math.max(60, Math.min(Number.isFinite(columns) && columns > 0 ? columns : 80, 120))
}

function coloured(stream: NodeJS.WriteStream): boolean {
  if (process.env.NO_COLOR) return false
  if (process.env.FORCE_COLOR) return process.env.FORCE_COLOR !== '0'
  return stream.isTTY === true && stream.hasColors()
}
