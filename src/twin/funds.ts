import { z } from 'zod'
import { addDays, type IsoDate } from '../language/index.ts'
import { addMonths, type Month, monthOf, monthsBetween, workingDay } from './calendar.ts'
import { faultsWanted, numbered } from './faults.ts'
import { centsOf, centsText, jsonFile } from './text.ts'
import type { Chance, Output, Part, PartTruth, PlantedFault, World } from './world.ts'

const money = z.string().regex(/^\d+(\.\d{1,2})?$/, { error: 'an amount in quotes, such as "50000"' })
const section = z.strictObject({
  yearStartsInMonth: z.int().min(1).max(12),
  /** Days after the activity in which a claim must be submitted. */
  claimDays: z.int().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/),
  programmes: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        wallet: money,
        claimsPerYear: z.int().min(1),
        /** Of the wallet that a usual year claims. */
        share: z.number().min(0).max(1),
        activities: z.array(z.string().min(1)).min(1),
      }),
    )
    .min(1),
})

type FundTerms = z.infer<typeof section>
type Programme = FundTerms['programmes'][number]

/** A claim as it goes: days on which its status changes. */
interface Claim {
  id: string
  programme: Programme
  year: WalletYear
  activity: string
  activityDate: IsoDate
  submittedOn: IsoDate
  deadline: IsoDate
  approvedOn: IsoDate
  paidOn: IsoDate
  cents: bigint
  rejected: boolean
}

/** Twelve months of a wallet. */
interface WalletYear {
  name: string
  start: IsoDate
  end: IsoDate
}

interface Portal {
  terms: FundTerms
  claims: Claim[]
  years: WalletYear[]
  faults: Omit<PlantedFault, 'id'>[]
}

/** The partner funding portal: wallets and claims, as they stand at each month's end. */
export const funds: Part = {
  id: 'funds',
  section,
  weight: (world) => monthsBetween(world.from, world.to).length,
  write: writeFunds,
}

async function writeFunds(world: World, output: Output, progress: (done: number) => void): Promise<PartTruth> {
  const portal = openPortal(world)
  const months = monthsBetween(world.from, world.to)
  for (const [at, month] of months.entries()) {
    await output.file(fileOf(month), exported(portal, month))
    progress((at + 1) / months.length)
  }
  return { totals: totalsOf(portal, world), faults: numbered(portal.faults) }
}

function openPortal(world: World): Portal {
  const terms = section.parse(world.scenario.parts.funds)
  const years = yearsOf(terms, world)
  const portal: Portal = { terms, claims: [], years, faults: [] }
  for (const year of years) {
    for (const programme of terms.programmes) {
      const chance = world.chance(`funds ${programme.name} ${year.name}`)
      portal.claims.push(...claimsOf(terms, programme, year, chance))
    }
  }
  portal.claims.sort((a, b) => compare(a.activityDate, b.activityDate) || compare(a.id, b.id))
  submitLate(portal, world)
  claimTooMuch(portal, world)
  return portal
}

function yearsOf(terms: FundTerms, world: World): WalletYear[] {
  const first = Number(world.from.slice(0, 4)) - 1
  const last = Number(world.to.slice(0, 4))
  const begins = `-${String(terms.yearStartsInMonth).padStart(2, '0')}-01`
  return Array.from({ length: last - first + 1 }, (_, at) => `${first + at}${begins}`)
    .map((start) => ({ start, end: addMonths(start, 12), name: `FY${addMonths(start, 12).slice(0, 4)}` }))
    .filter((year) => year.start < world.to && world.from < year.end)
}

function claimsOf(terms: FundTerms, programme: Programme, year: WalletYear, chance: Chance): Claim[] {
  const { claimsPerYear, share, wallet } = programme
  const each = (Number(centsOf(wallet)) * share) / claimsPerYear
  return Array.from({ length: claimsPerYear }, (_, at): Claim => {
    const month = Math.floor((at * 11) / claimsPerYear)
    const activityDate = workingDay(addDays(addMonths(year.start, month), chance.whole(6, 26)))
    const submittedOn = workingDay(addDays(activityDate, chance.whole(8, terms.claimDays - 8)))
    const approvedOn = addDays(submittedOn, chance.whole(6, 20))
    return {
      id: `MDF-${year.name.slice(2)}-${initials(programme.name)}${String(at + 1).padStart(3, '0')}`,
      programme,
      year,
      activity: chance.pick(programme.activities),
      activityDate,
      submittedOn,
      deadline: addDays(activityDate, terms.claimDays),
      approvedOn,
      paidOn: addDays(approvedOn, chance.whole(15, 45)),
      // Never all of the wallet: the sum of such draws stays below it.
      cents: BigInt(Math.round(each * (0.8 + 0.38 * chance.next()))),
      rejected: false,
    }
  })
}

function initials(name: string): string {
  return name
    .split(' ')
    .map((word) => word[0])
    .join('')
}

/** Claims whose every day lies in the run, so that its files show all of it. */
function shown(portal: Portal, world: World): Claim[] {
  return portal.claims.filter((claim) => world.from <= claim.activityDate && addDays(claim.deadline, 30) < world.to)
}

function submitLate(portal: Portal, world: World): void {
  const chance = world.chance('funds past deadline')
  const open = shown(portal, world)
  for (let left = faultsWanted(world, 'claim-past-deadline'); left > 0 && open.length > 0; left -= 1) {
    const [claim] = open.splice(chance.whole(0, open.length - 1), 1)
    if (claim === undefined) return
    claim.submittedOn = addDays(claim.deadline, chance.whole(2, 18))
    claim.approvedOn = addDays(claim.submittedOn, chance.whole(3, 9))
    claim.rejected = true
    portal.faults.push({
      kind: 'claim-past-deadline',
      on: claim.submittedOn,
      file: fileOf(monthOf(claim.submittedOn)),
      subject: { claim: claim.id, programme: claim.programme.name, deadline: claim.deadline },
      effect: { value: centsText(claim.cents), unit: portal.terms.currency },
    })
  }
}

/** One claim takes what the wallet of its year still has, and more. */
function claimTooMuch(portal: Portal, world: World): void {
  const chance = world.chance('funds over wallet')
  const late = new Set(portal.faults.map((fault) => fault.subject.claim))
  const years = portal.years.flatMap((year) => portal.terms.programmes.map((programme) => ({ year, programme })))
  const open = years.filter(({ year, programme }) => lastClaim(portal, world, year, programme, late) !== undefined)
  for (let left = faultsWanted(world, 'claim-over-wallet'); left > 0 && open.length > 0; left -= 1) {
    const [drawn] = open.splice(chance.whole(0, open.length - 1), 1)
    const claim = drawn && lastClaim(portal, world, drawn.year, drawn.programme, late)
    if (claim === undefined) return
    const own = portal.claims.filter((each) => isOf(each, claim.year, claim.programme) && !each.rejected)
    const used = own.reduce((sum, each) => sum + each.cents, 0n)
    const over = BigInt(chance.whole(90_000, 640_000))
    claim.cents += centsOf(claim.programme.wallet) - used + over
    portal.faults.push({
      kind: 'claim-over-wallet',
      on: claim.approvedOn,
      file: fileOf(monthOf(claim.approvedOn)),
      subject: { claim: claim.id, programme: claim.programme.name, walletYear: claim.year.name },
      effect: { value: centsText(over), unit: portal.terms.currency },
    })
  }
}

function lastClaim(
  portal: Portal,
  world: World,
  year: WalletYear,
  programme: Programme,
  late: ReadonlySet<string | undefined>,
): Claim | undefined {
  const whole = world.from <= year.start && year.end <= world.to
  const own = portal.claims.filter((each) => isOf(each, year, programme) && each.approvedOn < world.to)
  const last = own
    .filter((each) => !late.has(each.id))
    .sort((a, b) => compare(a.approvedOn, b.approvedOn))
    .at(-1)
  return whole ? last : undefined
}

function isOf(claim: Claim, year: WalletYear, programme: Programme): boolean {
  return claim.year === year && claim.programme === programme
}

function fileOf(month: Month): string {
  return `funds/mdf-${month.id}.json`
}

const WALLET_FIELDS = ['programme', 'fiscalYear', 'approved', 'used', 'currency', 'expiresOn']

function exported(portal: Portal, month: Month): string {
  const { terms, years, claims } = portal
  const day = month.last
  const current = years.filter((year) => year.start <= day && day < addMonths(year.end, 3))
  const known = claims.filter((claim) => current.includes(claim.year) && claim.activityDate <= day)
  const wallets = current.flatMap((year) =>
    terms.programmes.map((programme) => {
      const taken = known.filter(
        (each) => isOf(each, year, programme) && ['Approved', 'Paid'].includes(statusOn(each, day)),
      )
      const used = taken.reduce((sum, each) => sum + each.cents, 0n)
      const approved = centsText(centsOf(programme.wallet))
      const values = [programme.name, year.name, approved, centsText(used), terms.currency, addDays(year.end, -1)]
      return Object.fromEntries(WALLET_FIELDS.map((field, at) => [field, values[at]]))
    }),
  )
  return jsonFile({
    exportedAt: `${day}T23:30:00Z`,
    wallets,
    claims: known.map((claim) => ({
      claimId: claim.id,
      programme: claim.programme.name,
      activity: claim.activity,
      activityDate: claim.activityDate,
      submittedOn: claim.submittedOn <= day ? claim.submittedOn : null,
      claimDeadline: claim.deadline,
      status: statusOn(claim, day),
      amount: centsText(claim.cents),
      currency: terms.currency,
    })),
  })
}

/** A claim is a draft until somebody decides on it, submitted or not. */
function statusOn(claim: Claim, day: IsoDate): 'Draft' | 'Approved' | 'Paid' | 'Rejected' {
  if (claim.rejected && claim.approvedOn <= day) return 'Rejected'
  if (day < claim.approvedOn) return 'Draft'
  return day < claim.paidOn ? 'Approved' : 'Paid'
}

function totalsOf(portal: Portal, world: World): PartTruth['totals'] {
  const day = addDays(world.to, -1)
  const totals: PartTruth['totals'] = {}
  for (const year of portal.years) {
    totals[`used ${year.name}`] = Object.fromEntries(
      portal.terms.programmes.map((programme) => {
        const own = portal.claims.filter((each) => isOf(each, year, programme) && each.activityDate <= day)
        const taken = own.filter((each) => ['Approved', 'Paid'].includes(statusOn(each, day)))
        return [programme.name, centsText(taken.reduce((sum, each) => sum + each.cents, 0n))]
      }),
    )
  }
  totals.claims = portal.claims.filter((each) => each.activityDate <= day).length
  return totals
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
