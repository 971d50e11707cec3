import { addDays, type IsoDate } from '../../language/index.ts'
import { monthIndex, workingDay } from '../calendar.ts'
import { chanceOf } from '../chance.ts'
import type { Chance, Customer, Deployment, Scenario } from '../world.ts'
import { type Course, coursesOf } from './growth.ts'
import { emailOf, personNames, shuffled, slugOf, weighted } from './names.ts'

/** Customers and their deployments over the whole scenario, in order of going live. */
export function deploymentsOf(scenario: Scenario, seed: number, scale: number): Deployment[] {
  const names = companyNames(scenario, chanceOf(seed, 'world/companies'))
  const sizes = chanceOf(seed, 'world/sizes')
  const companies: Company[] = []
  const courses = coursesOf(scenario, scale, chanceOf(seed, 'world/growth'), () => {
    const company = names()
    companies.push(company)
    return company.size * sizes.lognormal(1, scenario.growth.seats.sigma)
  })
  const persons = personNames(scenario.people, chanceOf(seed, 'world/contacts'))
  const chance = chanceOf(seed, 'world/accounts')
  return courses.map((course, ordinal) => {
    const company = companies[ordinal] as Company
    const alias = slugOf(company.name)
    const contact = persons()
    const { median, sigma } = scenario.growth.daysToLive
    const customer: Customer = {
      id: `C-${String(ordinal + 1).padStart(3, '0')}`,
      name: company.name,
      sector: company.sector,
      contact: { ...contact, email: emailOf(contact, `${alias}.example`) },
      signedOn: workingDay(addDays(course.liveFrom, -Math.round(chance.lognormal(median, sigma)))),
    }
    return deployment(scenario, { customer, alias, ordinal, course, chance })
  })
}

interface Given {
  customer: Customer
  alias: string
  ordinal: number
  course: Course
  chance: Chance
}

function deployment(scenario: Scenario, { customer, alias, ordinal, course, chance }: Given): Deployment {
  const accountId = String(chance.whole(100_000_000_000, 999_999_999_999))
  const instanceId = chance.uuid()
  const region = scenario.regions.instances
  return {
    customer,
    alias,
    accountId,
    accountName: `${scenario.partner.short}-${alias}`,
    instanceId,
    instanceArn: `arn:aws:connect:${region}:${accountId}:instance/${instanceId}`,
    region,
    liveFrom: course.liveFrom,
    ...(course.liveTo === undefined ? {} : { liveTo: course.liveTo }),
    workforce: course.workforce,
    quality: course.quality,
    ordinal,
    subscribersOn: (day) => seatsOn(course, day),
  }
}

function seatsOn(course: Course, day: IsoDate): number {
  if (day < course.liveFrom || (course.liveTo !== undefined && day >= course.liveTo)) return 0
  const month = monthIndex(day)
  return course.seats.get(month) ?? course.seats.get(Math.max(...course.seats.keys())) ?? 0
}

interface Company {
  name: string
  sector: string
  size: number
}

function companyNames(scenario: Scenario, chance: Chance): () => Company {
  const taken = new Set<string>()
  let stems: string[] = []
  return () => {
    for (let attempt = 0; ; attempt += 1) {
      if (stems.length === 0) stems = shuffled(scenario.stems, chance)
      const sector = weighted(scenario.sectors, (each) => each.share, chance)
      const stem = stems.pop() ?? ''
      const name = chance.pick(sector.forms).replace('{stem}', stem)
      const whole = taken.has(slugOf(name)) && attempt > 50 ? `${name} ${taken.size}` : name
      if (taken.has(slugOf(whole))) continue
      taken.add(slugOf(whole))
      return { name: whole, sector: sector.name, size: sector.size }
    }
  }
}
