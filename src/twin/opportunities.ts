import { z } from 'zod'
import { addDays, daysBetween, type IsoDate } from '../language/index.ts'
import { addMonths, type Month, monthsBetween } from './calendar.ts'
import { faultsWanted, numbered } from './faults.ts'
import { centsOf, centsText, filled, jsonFile } from './text.ts'
import type { Chance, Output, Part, PartTruth, PlantedFault, World } from './world.ts'

const text = z.string().min(1)
const spread = z.strictObject({ median: z.number().positive(), sigma: z.number().positive() })
const section = z
  .strictObject({
    currency: z.string().regex(/^[A-Z]{3}$/),
    /** What a seat brings in a month. */
    pricePerSeat: z.string().regex(/^\d+(\.\d{1,2})?$/, { error: 'an amount in quotes, such as "47.40"' }),
    /** As the agreement calls them. */
    initiatives: z
      .array(
        z.strictObject({
          name: text,
          sectors: z.array(text).optional(),
          seatsFrom: z.int().min(1).optional(),
        }),
      )
      .min(1),
    lostPerMonth: z.tuple([z.number().min(0), z.number().min(0)]),
    daysToSign: spread,
    seats: spread,
    /** Stages between the first and the last, in order. */
    nextSteps: z.array(text).min(1),
  })
  .refine((terms) => terms.initiatives.some((each) => each.sectors === undefined && each.seatsFrom === undefined), {
    error: 'one initiative without conditions takes the rest',
    path: ['initiatives'],
  })

type SalesTerms = z.infer<typeof section>

/** A sale as it goes: the day on which it reaches each stage. */
interface Opportunity {
  id: string
  company: string
  sector: string
  contact: { first: string; last: string; email: string }
  initiative: string | undefined
  seats: number
  createdOn: IsoDate
  stages: { stage: string; from: IsoDate }[]
  targetClose: IsoDate
}

const FIRST_STAGE = 'Prospect'
const WON = 'Launched'
const LOST = 'Closed Lost'
/** The provider's name for where a sale stands. */
const STATE_KEY = 'LifeCycle'

/** Opportunities shared with the provider: all of them, as they stand at each month's end. */
export const opportunities: Part = {
  id: 'opportunities',
  section,
  weight: (world) => monthsBetween(world.from, world.to).length * 2,
  write: writeOpportunities,
}

async function writeOpportunities(world: World, output: Output, progress: (done: number) => void): Promise<PartTruth> {
  const terms = section.parse(world.scenario.parts.opportunities)
  const all = [...wonOf(world, terms), ...lostOf(world, terms)]
  all.sort((a, b) => (a.createdOn < b.createdOn ? -1 : a.createdOn > b.createdOn ? 1 : a.id < b.id ? -1 : 1))
  const months = monthsBetween(world.from, world.to)
  const faults = dropInitiatives(world, terms, all, months)
  for (const [at, month] of months.entries()) {
    const known = all.filter((each) => each.createdOn <= month.last)
    const list = known.map((each) => entryOf(world, terms, each, month.last))
    await output.file(fileOf(month), jsonFile({ Opportunities: list }))
    progress((at + 1) / months.length)
  }
  return { totals: totalsOf(world, terms, all), faults: numbered(faults) }
}

/** Every customer was an opportunity once: signed when committed, launched when its deployment went live. */
function wonOf(world: World, terms: SalesTerms): Opportunity[] {
  return world.customers.flatMap((customer): Opportunity[] => {
    const deployment = world.deployments.find((each) => each.customer === customer)
    const chance = world.chance(`opportunity ${customer.id}`)
    const days = Math.round(
      Math.max(30, Math.min(240, chance.lognormal(terms.daysToSign.median, terms.daysToSign.sigma))),
    )
    const createdOn = addDays(customer.signedOn, -days)
    const seats = deployment?.subscribersOn(addMonths(deployment.liveFrom, 8)) ?? 0
    const grown = seats > 0 ? seats : seatsOf(world, terms, chance)
    const targetClose = addDays(customer.signedOn, chance.whole(-15, 20))
    const { contact, name: company, sector } = customer
    return [
      {
        id: idOf(chance),
        company,
        sector,
        contact,
        initiative: initiativeOf(world, terms, sector, grown),
        seats: grown,
        createdOn,
        stages: stagesOf(terms, createdOn, customer.signedOn, deployment?.liveFrom, WON),
        targetClose,
      },
    ]
  })
}

/** Those that are lost in the end, or still open when the run ends. */
function lostOf(world: World, terms: SalesTerms): Opportunity[] {
  const { scenario } = world
  const whole = monthsBetween(`${scenario.from}-01`, addMonths(`${scenario.to}-01`, 1))
  const [early, late] = terms.lostPerMonth
  return whole.flatMap((month, at): Opportunity[] => {
    if (month.first >= world.to) return []
    const chance = world.chance(`opportunities lost ${month.id}`)
    const mean = early + ((late - early) * at) / Math.max(1, whole.length - 1)
    const count = chance.poisson(mean * Math.sqrt(world.scale))
    return Array.from({ length: count }, () => lostOne(world, terms, month, chance))
  })
}

function lostOne(world: World, terms: SalesTerms, month: Month, chance: Chance): Opportunity {
  const { scenario } = world
  const createdOn = addDays(month.first, chance.whole(0, month.days - 1))
  const days = Math.round(Math.max(40, Math.min(300, chance.lognormal(130, 0.4))))
  const sector = chance.pick(scenario.sectors)
  const company = filled(chance.pick(sector.forms), { stem: chance.pick(scenario.stems) })
  const [first, last] = [chance.pick(scenario.people.first), chance.pick(scenario.people.last)]
  const plain = (name: string): string => name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const host = plain(company).replaceAll(/[^a-z]+/g, '-')
  const seats = seatsOf(world, terms, chance)
  const closed = addDays(createdOn, days)
  return {
    id: idOf(chance),
    company,
    sector: sector.name,
    contact: { first, last, email: `${plain(first)}.${plain(last)}@${host}.example` },
    initiative: initiativeOf(world, terms, sector.name, seats),
    seats,
    createdOn,
    stages: stagesOf(
      { ...terms, nextSteps: terms.nextSteps.slice(0, chance.whole(0, 2)) },
      createdOn,
      closed,
      closed,
      LOST,
    ),
    targetClose: addDays(createdOn, chance.whole(90, 160)),
  }
}

function seatsOf(world: World, terms: SalesTerms, chance: Chance): number {
  return Math.max(2, Math.round(chance.lognormal(terms.seats.median, terms.seats.sigma) * Math.sqrt(world.scale)))
}

function idOf(chance: Chance): string {
  return `O${chance.whole(1_000_000, 9_999_999)}`
}

function initiativeOf(world: World, terms: SalesTerms, sector: string, seats: number): string {
  const fits = terms.initiatives.find(({ sectors, seatsFrom }) => {
    if (sectors !== undefined && !sectors.includes(sector)) return false
    return seatsFrom === undefined || seats >= seatsFrom * Math.sqrt(world.scale)
  })
  return fits?.name ?? ''
}

/** The steps between are spread evenly up to the signature; the last stage comes on its own day, if it came. */
function stagesOf(
  terms: Pick<SalesTerms, 'nextSteps'>,
  createdOn: IsoDate,
  signedOn: IsoDate,
  endedOn: IsoDate | undefined,
  last: string,
): Opportunity['stages'] {
  const days = daysBetween(createdOn, signedOn)
  const steps = terms.nextSteps.map((stage, at) => ({
    stage,
    from: addDays(createdOn, Math.round((days * (at + 1)) / (terms.nextSteps.length + (last === LOST ? 1 : 0)))),
  }))
  const end = endedOn === undefined ? [] : [{ stage: last, from: endedOn }]
  return [{ stage: FIRST_STAGE, from: createdOn }, ...steps, ...end]
}

function dropInitiatives(
  world: World,
  terms: SalesTerms,
  all: readonly Opportunity[],
  months: readonly Month[],
): Omit<PlantedFault, 'id'>[] {
  const chance = world.chance('opportunities without initiative')
  const open = all.filter((each) => each.createdOn < world.to)
  const faults: Omit<PlantedFault, 'id'>[] = []
  for (let left = faultsWanted(world, 'opportunity-without-initiative'); left > 0 && open.length > 0; left -= 1) {
    const [opportunity] = open.splice(chance.whole(0, open.length - 1), 1)
    const month = months.find((each) => opportunity !== undefined && opportunity.createdOn <= each.last)
    if (opportunity === undefined || month === undefined) break
    const { id, initiative = '' } = opportunity
    opportunity.initiative = undefined
    faults.push({
      kind: 'opportunity-without-initiative',
      on: [opportunity.createdOn, world.from].sort().at(-1) ?? world.from,
      file: fileOf(month),
      subject: { opportunity: id, initiative },
      effect: { value: centsText(yearly(terms, opportunity)), unit: terms.currency },
    })
  }
  return faults
}

function yearly(terms: SalesTerms, { seats }: Opportunity): bigint {
  return centsOf(terms.pricePerSeat) * BigInt(seats) * 12n
}

function stageOn({ stages }: Opportunity, day: IsoDate): { stage: string; from: IsoDate } {
  const reached = stages.filter((each) => each.from <= day).at(-1) ?? stages[0]
  return reached ?? { stage: FIRST_STAGE, from: day }
}

function entryOf(world: World, terms: SalesTerms, opportunity: Opportunity, day: IsoDate) {
  const { stage, from } = stageOn(opportunity, day)
  const { company, sector, contact, initiative, id, createdOn } = opportunity
  const monthly = centsText(centsOf(terms.pricePerSeat) * BigInt(opportunity.seats))
  return {
    Catalog: 'AWS',
    Id: id,
    PartnerOpportunityIdentifier: `${world.scenario.partner.short}-${id.slice(1)}`,
    CreatedDate: `${createdOn}T12:00:00Z`,
    LastModifiedDate: `${from}T15:30:00Z`,
    Customer: {
      Account: { CompanyName: company, Industry: sector },
      Contacts: [{ FirstName: contact.first, LastName: contact.last, Email: contact.email }],
    },
    Project: {
      Title: `${company}: managed contact centre, ${opportunity.seats} seats`,
      ExpectedCustomerSpend: [
        {
          Amount: monthly,
          CurrencyCode: terms.currency,
          Frequency: 'Monthly',
          TargetCompany: world.scenario.provider.short,
        },
      ],
    },
    [STATE_KEY]: { Stage: stage, TargetCloseDate: opportunity.targetClose, ReviewStatus: 'Approved' },
    ...(initiative === undefined ? {} : { Marketing: { CampaignName: initiative } }),
  }
}

function fileOf(month: Month): string {
  return `opportunities/ace-${month.id}.json`
}

function totalsOf(world: World, terms: SalesTerms, all: readonly Opportunity[]): PartTruth['totals'] {
  const day = addDays(world.to, -1)
  const known = all.filter((each) => each.createdOn <= day)
  const won = known.filter((each) => stageOn(each, day).stage === WON)
  const sums = terms.initiatives.map(({ name }) => {
    const own = won.filter((each) => each.initiative === name)
    return [name, centsText(own.reduce((sum, each) => sum + yearly(terms, each), 0n))] as const
  })
  return {
    opportunities: known.length,
    launched: won.length,
    lost: known.filter((each) => stageOn(each, day).stage === LOST).length,
    'yearly revenue launched, by initiative': Object.fromEntries(sums),
  }
}
