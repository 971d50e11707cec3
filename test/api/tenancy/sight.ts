/** What this walk holds for right, said once more without the product: who may see what, by marks that stand in every value. */

/** A role of the product, with what its person sees and may do. */
interface RoleSight {
  families: readonly string[]
  rights: readonly string[]
}

const ALL = ['commercial', 'service', 'programme', 'governance', 'compliance', 'terms']

/** The roles of the issue; a customer's user sees two kinds alone. */
export const ROLE_SIGHT: Record<string, RoleSight> = {
  administrator: {
    families: ALL,
    rights: words('read import retract waive amend people settings audit imports erase sign-off'),
  },
  director: { families: ALL, rights: words('read import retract waive amend audit imports erase sign-off') },
  finance: {
    families: words('commercial programme terms governance'),
    rights: words('read import waive amend imports'),
  },
  operations: { families: words('service compliance governance terms'), rights: words('read import imports') },
  planner: { families: words('service terms'), rights: words('read import imports') },
  quality: { families: words('service terms'), rights: words('read import imports') },
  compliance: {
    families: words('compliance governance terms service'),
    rights: words('read import waive imports audit erase'),
  },
  auditor: { families: ALL, rights: words('read audit imports') },
  customer: { families: [], rights: words('read') },
}

/** The kinds of clause of each family. */
const KINDS: Record<string, string[]> = {
  commercial: words('commitment price fund term'),
  service: words('service-level credit-band managed-service implementation service customer-metric'),
  programme: words('certification accreditation training partner-tier growth-initiative activity'),
  governance: words('review document-control relationship responsibility'),
  compliance: words('residency standard exit'),
  terms: words('rule provision definition'),
}
const CUSTOMER_KINDS = ['service-level', 'credit-band']

/** Of the datasets that this world has evidence of, those that the clauses of a family are judged by. */
const DATASETS: Record<string, string[]> = {
  commercial: words('cost-and-usage funds'),
  service: words('incidents changes survey-responses probes usage-metrics instances inventory documents'),
  programme: words('training opportunities certificates'),
  governance: words('meetings documents'),
  compliance: words('cost-and-usage documents instances inventory'),
  terms: ['documents'],
}
const CUSTOMER_DATASETS = words('incidents changes survey-responses probes usage-metrics')

/** Whoever asks, as this walk knows them. */
export interface Seer {
  name: string
  /** Signed in, refused whatever they ask, or nobody at all. */
  state: 'in' | 'refused' | 'nobody'
  way: 'session' | 'token'
  families: readonly string[]
  rights: readonly string[]
  /** Set for a customer's user. */
  customers?: readonly string[]
  /** The name of the person in marks. */
  person: string
  headers: Record<string, string>
}

/** Where something was shown. */
export interface Where {
  /** The route that answered, or undefined below the routes. */
  route?: string
  table?: string
  knownAt?: string
}

/** The day on which an incident of one customer was told again as another's. */
export const MOVED_ON = '2025-03-01'

/** Whether somebody may see clauses of a kind. */
export function seesKind(seer: Seer, kind: string): boolean {
  if (seer.customers) return CUSTOMER_KINDS.includes(kind)
  return seer.families.length === ALL.length || seer.families.some((family) => KINDS[family]?.includes(kind))
}

function seesEvidence(seer: Seer, owner: string, dataset: string): boolean {
  const isOwn = !seer.customers || seer.customers.includes(owner)
  if (seer.customers) return isOwn && CUSTOMER_DATASETS.includes(dataset)
  if (seer.families.length === ALL.length || dataset === 'waivers') return true
  return seer.families.some((family) => DATASETS[family]?.includes(dataset))
}

/** Who wrote the drafts of this world, and who brought its files: their names are told to whoever works with these. */
const AUTHORS = ['finance', 'director']
const IMPORTER = 'operations'

/** Whether somebody may be shown a mark `mark.<whose>.<what>.<part>` at a place. */
export function maySee(seer: Seer, mark: string, where: Where): boolean {
  const [, owner = '', area = '', part = ''] = mark.split('.')
  if (owner === 'other') return false
  const own = owner === seer.person && seer.state === 'in'
  const has = (right: string) => seer.rights.includes(right)
  const evidence = () => seesEvidence(seer, owner, area)
  switch (part) {
    case 'value':
      return evidence()
    case 'moved':
      return evidence() && (!seer.customers || where.table === 'facts' || (where.knownAt ?? '9999') < MOVED_ON)
    case 'file':
    case 'import':
    case 'reason':
      if (where.table === 'reject_files') return has('imports')
      return evidence() || has('imports') || has('audit')
    case 'label':
      return !seer.customers && (evidence() || has('imports') || has('audit'))
    case 'reject':
      return has('imports')
    case 'audit':
      return has('audit')
    case 'email':
      return own || has('people')
    case 'name':
      if (where.route === undefined) return own || has('people')
      return own || has('people') || (has('imports') && owner === IMPORTER) || (has('amend') && AUTHORS.includes(owner))
    case 'own':
      return own || (where.route === undefined && has('people'))
    case 'draft':
      return !seer.customers && (own || has('amend'))
    default:
      return false
  }
}

function words(text: string): string[] {
  return text.split(' ')
}

/** Finds in bytes what somebody may not see. */
export class Sight {
  /** Names that carry no mark by themselves, such as ids of imports, each with the mark it stands for. */
  readonly names = new Map<string, string>()
  /** Ids of clauses and prints of findings, each with its kind. */
  readonly kinds = new Map<string, string>()

  /** What is theirs and was shown to somebody, by who they are: a walk that sees nothing finds nothing foreign either. */
  readonly shown = new Map<string, Set<string>>()

  /** Everything in a text that the seer may not see at a place; empty when all of it is theirs. */
  foreign(seer: Seer, text: string, where: Where): string[] {
    const seen = new Set<string>()
    const whole = `${text} ${cursorsIn(text)}`
    for (const [mark] of whole.matchAll(/mark\.(other|[\w-]+\.[a-z-]+\.[a-z]+)/gi)) seen.add(mark)
    for (const [name, mark] of this.names) if (whole.includes(name)) seen.add(mark)
    const found = [...seen].filter((mark) => !maySee(seer, mark, where))
    const shown = this.shown.get(seer.name) ?? new Set()
    for (const mark of seen) if (!found.includes(mark)) shown.add(`${where.route ?? where.table} ${mark}`)
    this.shown.set(seer.name, shown)
    const isAll = seer.families.length === ALL.length
    if (isAll || where.route === undefined || where.route === 'listAudit') return found
    for (const [said] of whole.matchAll(/(?<=["\n/=])[\w-]+(\/[\w.-]+)?(?=[",\r\n&])/g)) {
      const kind = this.kinds.get(said)
      if (kind !== undefined && !seesKind(seer, kind)) found.push(said)
    }
    return found
  }
}

// A cursor is opaque to whoever gets it, which does not keep anybody from looking into it.
function cursorsIn(text: string): string {
  return [...text.matchAll(/"next":"([\w-]+)"/g)].map(([, said = '']) => Buffer.from(said, 'base64url')).join(' ')
}
