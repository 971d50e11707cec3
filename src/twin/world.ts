import type { z } from 'zod'
import type { IsoDate } from '../language/index.ts'
import type { ScenarioTerms } from './scenario.ts'

/** A customer of the partner. Growth and load are numbers of the model, never of the agreement. */
export interface Customer {
  /** `C-001`. */
  id: string
  name: string
  sector: string
  contact: { first: string; last: string; email: string }
  signedOn: IsoDate
}

/** One customer's Connect instance in its own account. */
export interface Deployment {
  customer: Customer
  alias: string
  accountId: string
  accountName: string
  instanceId: string
  instanceArn: string
  region: string
  /** First day of service. */
  liveFrom: IsoDate
  /** First day without service; undefined while it lives. */
  liveTo?: IsoDate
  workforce: boolean
  quality: boolean
  /** Position in order of going live, from 0. */
  ordinal: number
  /** Paid agent seats on a day; 0 while it is not live. */
  subscribersOn(day: IsoDate): number
}

/** Somebody of the partner's staff. */
export interface Person {
  id: string
  first: string
  last: string
  email: string
  role: string
  hiredOn: IsoDate
  leftOn?: IsoDate
}

/** One incident as it truly was; whether a ticket or a probe saw it is another matter. */
export interface TrueIncident {
  id: string
  deployment: Deployment
  /** Minutes since 1970 UTC. */
  beginsAt: number
  /** Service was down from `beginsAt` for so many minutes; 0 for an incident without outage. */
  outageMinutes: number
  /** Until resolved. */
  resolveMinutes: number
  respondMinutes: number
  priority: 1 | 2 | 3 | 4
  what: string
}

/** A fault put into the files on purpose, so that an engine can be scored against it. */
export interface PlantedFault {
  /** One of FAULTS.md. */
  kind: string
  /** `kind-001`. */
  id: string
  /** Day (or first day) it shows on. */
  on: IsoDate
  /** File below OUT in which it can be seen, when it is one. */
  file?: string
  /** What identifies it there: ticket number, contact id, account, line item id … */
  subject: Record<string, string>
  /** Exact effect in money or minutes when there is one, as a decimal string. */
  effect?: { value: string; unit: string }
}

/** The partner business before any file is written: pure data made from scenario and seed. */
export interface World {
  scenario: Scenario
  seed: number
  /** First day and day after the last, in the scenario's time zone. Deployments live on some day of it are in the world. */
  from: IsoDate
  to: IsoDate
  /** 1 is full size; customers, agents and money scale with it. */
  scale: number
  customers: readonly Customer[]
  deployments: readonly Deployment[]
  people: readonly Person[]
  incidents: readonly TrueIncident[]
  /** Raw contact records of a few customers and recent months, or of all; absent is default. */
  contacts?: 'default' | 'full'
  /** Independent stream of chance for one purpose: the same name gives the same numbers, whatever others draw. */
  chance(purpose: string): Chance
}

/** A deterministic stream of chance. */
export interface Chance {
  /** In [0, 1). */
  next(): number
  /** Whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number
  pick<T>(of: readonly T[]): T
  /** Poisson distributed. */
  poisson(mean: number): number
  /** Log-normal by median and sigma of the logarithm. */
  lognormal(median: number, sigma: number): number
  /** Normal by mean and deviation. */
  normal(mean: number, deviation: number): number
  /** 32 hex digits in UUID form. */
  uuid(): string
}

/** What `twin.yaml` says; see `src/twin/scenario.ts` for its schema. A part's own numbers stand at `parts.<part id>`. */
export interface Scenario extends ScenarioTerms {
  [key: string]: unknown
}

/** Where files go: the writer knows folders, hashes and progress; parts of the twin only say name and bytes. */
export interface Output {
  /** Writes a whole file below OUT. */
  file(name: string, content: string | Uint8Array): Promise<void>
  /** Path below OUT for a file that somebody else writes (Parquet); its folder exists. */
  path(name: string): string
}

/** One part of the twin: writes the files of its systems for a World, and says what was true. */
export interface Part {
  id: string
  /** Schema of its numbers at `parts.<id>` of the scenario, when it has any: faults there are told with their place. */
  section?: z.ZodType
  /** Present when a thread of its own may write it: what it fills at the top of OUT is nobody else's. */
  apart?: { folders: readonly string[] }
  /** Expected milliseconds of work, roughly: only the shares among the parts matter, for progress. */
  weight(world: World): number
  /** `progress` takes the share of this part that is done, from 0 to 1. */
  write(world: World, output: Output, progress: (done: number) => void): Promise<PartTruth>
}

/** What a part knows to be true: totals as decimal strings by name, and its planted faults. */
export interface PartTruth {
  totals: Record<string, string | number | Record<string, string | number>>
  faults: PlantedFault[]
}
