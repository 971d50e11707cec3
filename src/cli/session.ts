import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Temporal } from 'temporal-polyfill'
import {
  type Agreement,
  consolidate,
  type OpenedAgreement,
  openAgreement,
  type ReadingContext,
  RuleBook,
  withCurrency,
} from '../agreement/index.ts'
import { clauseRooms, knownKinds } from '../clauses/registry.ts'
import { type EvidenceFact, readFacts } from '../evidence/index.ts'
import { loadFacts } from '../facts/index.ts'
import { type IsoDate, isIsoDate, type Language, type Problem, type Speaker } from '../language/index.ts'
import { type Paper, problemsAsText, speakerOf } from '../reports/index.ts'
import type { StandingInput } from '../standing/index.ts'
import { Exit } from './exit.ts'

/** Options that every command understands. */
export interface CommonOptions {
  language?: string
  asOf?: string
  knownAt?: string
  supplement?: string
  evidence?: string
  agreement?: string
  format?: string
}

/** What a command runs in: where it writes, in which language, and the day it is. The only place that reads the clock. */
export class Session {
  readonly speak: Speaker
  readonly paper: Paper
  readonly asOf: IsoDate
  readonly knownAt: IsoDate
  readonly context: ReadingContext
  readonly options: CommonOptions

  constructor(options: CommonOptions) {
    this.options = options
    this.speak = speakerOf(languageOf(options.language))
    this.paper = { width: widthOf(process.stdout), colour: coloured(process.stdout) }
    const today = Temporal.Now.plainDateISO().toString()
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

  /** Prints data as JSON. */
  printJson(data: unknown): void {
    this.print(`${JSON.stringify(data, null, 2)}\n`)
  }

  /** Standard error: problems and progress. */
  complain(problems: readonly Problem[], texts: ReadonlyMap<string, readonly string[]> = new Map()): void {
    const paper = { width: widthOf(process.stderr), colour: coloured(process.stderr) }
    if (problems.length > 0) process.stderr.write(problemsAsText(problems, texts, this.speak, paper))
  }

  /** Opens and consolidates an agreement; stops with exit 1 when it cannot be read at all. */
  open(path: string | undefined): OpenedAgreement & { agreement: Agreement } {
    const opened = openAgreement(path ?? this.#defaultAgreement(), this.context, this.options.supplement)
    this.complain(opened.problems, opened.texts)
    if (!opened.agreement || opened.problems.length > 0) throw new Exit(1)
    const agreement = consolidate(opened.agreement, opened.amendments, this.asOf, this.knownAt, this.context.kinds)
    return { ...opened, agreement: settled(agreement, opened) }
  }

  /** Everything that standing is a function of. */
  input(opened: OpenedAgreement & { agreement: Agreement }): StandingInput {
    const { agreement, supplement } = opened
    const rules = new RuleBook(agreement, supplement)
    const common = {
      agreement,
      rules,
      facts: this.context.facts,
      rooms: clauseRooms,
      evidence: this.#evidence(opened),
      asOf: this.asOf,
      knownAt: this.knownAt,
    }
    return supplement ? { ...common, supplement } : common
  }

  #evidence(opened: OpenedAgreement): EvidenceFact[] {
    const file = this.options.evidence
    if (file === undefined) return []
    if (!existsSync(file)) throw new Exit(1, `${file}: ${this.speak.word('cli.no-such-file')}`)
    const text = readFileSync(file, 'utf8')
    const { facts, problems } = readFacts(text, file)
    opened.texts.set(file, text.split(/\r\n|\n|\r/))
    this.complain(problems, opened.texts)
    if (problems.length > 0) throw new Exit(1)
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
