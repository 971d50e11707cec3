import { z } from 'zod'
import { isIsoDate, type Problem, YamlSource } from '../language/index.ts'

const text = z.string().min(1)
const day = z.string().refine(isIsoDate, { error: 'a date such as 2025-01-31' })
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'a month such as 2025-01' })
const money = z.string().regex(/^\d+(\.\d+)?$/, { error: 'an amount in quotes, such as "180000"' })
const count = z.int().min(0)
const share = z.number().min(0).max(1)
const positive = z.number().positive()

/** A point of the growth path: on this day exactly so many deployments live with exactly so many subscribers. */
const growthAnchor = z.strictObject({
  date: day,
  deployments: count.min(1),
  subscribers: count.min(1),
  workforce: count,
  quality: count,
  /** How many ended their service since the anchor before. */
  left: count.default(0),
  /** Revenue of the month. */
  revenue: money,
})

const growth = z.strictObject({
  seats: z.strictObject({ least: count.min(1), most: count.min(1), sigma: positive }),
  /** A new deployment starts with this share of its seats and reaches all of them after so many months. */
  ramp: z.strictObject({ share, months: count.min(1) }),
  /** Median days from signing to going live. */
  daysToLive: z.strictObject({ median: positive, sigma: positive }),
  anchors: z.array(growthAnchor).min(2),
})

const sector = z.strictObject({
  name: text,
  share: positive,
  /** Size beside the average of all sectors. */
  size: positive,
  /** Names of companies with `{stem}`. */
  forms: z.array(text.includes('{stem}')).min(1),
})

const staff = z.strictObject({
  role: text,
  atStart: count,
  atEnd: count,
  /** Share of the role that leaves in a year, and is replaced. */
  leavingPerYear: share.default(0),
})

const byPriority = z.tuple([positive, positive, positive, positive])

const incidents = z.strictObject({
  perDeploymentMonth: positive,
  outageShare: share,
  outageMinutes: z.strictObject({ median: positive, sigma: positive }),
  respondMinutes: byPriority,
  resolveMinutes: byPriority,
  sigma: positive,
  /** Of incidents without outage: shares of priority 2, 3 and 4. */
  priorities: z.tuple([positive, positive, positive]),
  whatOutage: z.array(text).min(1),
  what: z.array(text).min(1),
})

const certification = z.strictObject({
  /** As the agreement calls it. */
  id: text,
  roles: z.array(text).min(1),
  variants: z.array(z.strictObject({ name: text, level: text, share: positive })).min(1),
  anchors: z.array(z.strictObject({ date: day, holders: count })).min(1),
})

const budgetLine = z.strictObject({
  name: text,
  budget: money,
  courses: z
    .array(z.strictObject({ name: text, provider: text, price: money, attendees: z.tuple([count, count]) }))
    .min(1),
})

const training = z.strictObject({
  /** Share of the lines and years that end exactly on their budget. */
  exactShare: share,
  /** Least share of the budget that the others spend. */
  least: share,
  /** How far beyond its budget a planted overspend goes, as shares. */
  overspend: z.tuple([positive, positive]),
  /** The last entry of a year that ends on its budget. */
  remainder: z.strictObject({ name: text, provider: text }),
  lines: z.array(budgetLine).min(1),
})

const accreditation = z.strictObject({
  standard: text,
  side: z.enum(['partner', 'provider']),
  body: text,
  prefix: text,
  /** First issue, and months of validity. */
  issued: day,
  months: count.min(1),
})

const document = z.strictObject({
  id: text,
  title: text,
  clause: text.optional(),
  status: text.optional(),
  signedBy: text.optional(),
  /** Once on a day, or again and again from that day. */
  date: day.optional(),
  everyMonths: count.min(1).optional(),
  /** Instead of a date: one for each customer, on the day it signed, signed by the customer. */
  perCustomer: z.boolean().default(false),
  receivedAfterDays: count.default(0),
  /** When it says something about a thing done, whether it names the day. */
  completed: z.boolean().default(false),
  format: z.enum(['md', 'txt']).default('md'),
  lines: z.array(z.string()).min(1),
})

const declaration = z.strictObject({
  clause: text,
  status: text.optional(),
  value: text.optional(),
  source: text,
  everyMonths: count.min(1),
  /** The document that should stand behind it. */
  document: text.optional(),
  /** Nothing stands behind it in this business. */
  evidenced: z.boolean().default(true),
})

const metricNames = z.strictObject({ subscribers: text, revenue: text, averageSize: text })

const schema = z
  .strictObject({
    name: text,
    country: z.string().regex(/^[A-Z]{2}$/, { error: 'a country code such as CL' }),
    timeZone: text,
    currency: z.string().regex(/^[A-Z]{3}$/, { error: 'a currency code such as USD' }),
    from: month,
    to: month,
    partner: z.strictObject({ name: text, short: text, domain: text, payerAccount: z.string().regex(/^\d{12}$/) }),
    provider: z.strictObject({ name: text, short: text, entity: text }),
    regions: z.strictObject({ instances: text, recovery: text, outside: z.array(text).min(1) }),
    growth,
    sectors: z.array(sector).min(1),
    stems: z.array(text).min(10),
    people: z.strictObject({ first: z.array(text).min(10), last: z.array(text).min(10) }),
    staff: z.array(staff).min(1),
    incidents,
    certifications: z.strictObject({
      validYears: count.min(1),
      groups: z.array(certification).min(1),
    }),
    training,
    accreditations: z.array(accreditation),
    /** Least and most days for which a planted lapse leaves the partner without an accreditation. */
    accreditationGapDays: z.tuple([count.min(1), count.min(1)]),
    staffList: z.strictObject({ title: text, signedBy: text }),
    documents: z.array(document),
    declarations: z.array(declaration),
    businessMetrics: metricNames,
    /** Faults of a kind in a year; what is not named here is planted twice a year. */
    faults: z.record(z.string(), z.number().min(0)).default({}),
    /** Numbers of the single parts, checked by each part's own schema. */
    parts: z.record(z.string(), z.unknown()).default({}),
  })
  .superRefine((terms, context) => {
    const fault = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path, message })
    checkRange(terms, fault)
    checkGrowth(terms.growth, fault)
    checkStaff(terms, fault)
    checkDocuments(terms, fault)
  })

/** The numbers of a twin, as `twin.yaml` states them. */
export type ScenarioTerms = z.infer<typeof schema>

type Fault = (path: (string | number)[], message: string) => void

function checkRange(terms: { from: string; to: string; timeZone: string }, fault: Fault): void {
  if (terms.to < terms.from) fault(['to'], `not before ${terms.from}`)
  try {
    new Intl.DateTimeFormat('en', { timeZone: terms.timeZone })
  } catch {
    fault(['timeZone'], 'a time zone such as America/Santiago')
  }
}

function checkGrowth({ anchors, seats }: z.infer<typeof growth>, fault: Fault): void {
  anchors.forEach((anchor, at) => {
    const path = ['growth', 'anchors', at]
    const before = anchors[at - 1]
    if (before && anchor.date.slice(0, 7) <= before.date.slice(0, 7)) {
      fault([...path, 'date'], `in a later month than ${before.date}`)
    }
    const joined = anchor.deployments + anchor.left - (before?.deployments ?? 0)
    if (joined < 0) fault([...path, 'left'], 'at least as many as the deployments became fewer')
    if (before && anchor.left > before.deployments) fault([...path, 'left'], `at most ${before.deployments}`)
    for (const kind of ['workforce', 'quality'] as const) {
      const most = Math.min(anchor.deployments, before ? before[kind] + joined : anchor.deployments)
      const least = before ? Math.max(0, before[kind] - anchor.left) : 0
      if (anchor[kind] > most || anchor[kind] < least) fault([...path, kind], `from ${least} to ${most}`)
    }
    const [least, most] = [seats.least * anchor.deployments, seats.most * anchor.deployments]
    if (anchor.subscribers < least || anchor.subscribers > most) {
      fault([...path, 'subscribers'], `from ${least} to ${most} for ${anchor.deployments} deployments`)
    }
  })
}

function checkStaff(
  { staff: groups, certifications }: Pick<z.infer<typeof schema>, 'staff' | 'certifications'>,
  fault: Fault,
): void {
  const roles = new Set(groups.map((each) => each.role))
  certifications.groups.forEach((group, at) => {
    const path = ['certifications', 'groups', at]
    group.roles.forEach((role, n) => {
      if (!roles.has(role)) fault([...path, 'roles', n], `one of: ${[...roles].join(', ')}`)
    })
    group.anchors.forEach((anchor, n) => {
      const before = group.anchors[n - 1]
      if (before && anchor.date <= before.date) fault([...path, 'anchors', n, 'date'], `after ${before.date}`)
    })
  })
}

function checkDocuments(terms: Pick<z.infer<typeof schema>, 'documents' | 'declarations'>, fault: Fault): void {
  const ids = terms.documents.map((each) => each.id)
  terms.documents.forEach((each, at) => {
    if (ids.indexOf(each.id) !== at) fault(['documents', at, 'id'], 'an id that no other document has')
    if ((each.date === undefined) !== each.perCustomer) fault(['documents', at], 'either a date or perCustomer')
  })
  terms.declarations.forEach(({ document: id }, at) => {
    if (id !== undefined && !ids.includes(id)) fault(['declarations', at, 'document'], `one of: ${ids.join(', ')}`)
  })
}

/**
 * Reads a scenario. Every fault is a problem with line and column; without one, `scenario` is there.
 * `sections` are the parts' own schemas, by the part's id.
 */
export function readScenario(
  yaml: string,
  file: string,
  sections: Readonly<Record<string, z.ZodType>> = {},
): { scenario?: ScenarioTerms; problems: Problem[] } {
  const source = new YamlSource(yaml, file)
  if (source.problems.length > 0) return { problems: source.problems }
  const terms = source.check(schema)
  const given = ((source.data as { parts?: unknown } | null)?.parts ?? {}) as Record<string, unknown>
  const parts: Record<string, unknown> = { ...terms?.parts }
  for (const [id, section] of Object.entries(sections)) {
    const absent = id in given ? undefined : section.safeParse(undefined)
    parts[id] = absent?.success ? absent.data : source.check(section, ['parts', id], given[id] ?? null)
  }
  if (!terms || source.problems.length > 0) return { problems: source.problems }
  return { scenario: { ...terms, parts }, problems: [] }
}
