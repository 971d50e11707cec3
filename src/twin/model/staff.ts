import { addDays, daysBetween } from '../../language/index.ts'
import { addMonths, monthOf, workingDay } from '../calendar.ts'
import { chanceOf } from '../chance.ts'
import type { Person, Scenario } from '../world.ts'
import { emailOf, personNames } from './names.ts'

/** Nobody of the first staff was hired longer ago. */
const SENIORITY_DAYS = 2500
const DAYS_TO_REPLACE = 35

type Hired = Omit<Person, 'id' | 'first' | 'last' | 'email'>

/** The partner's staff over the whole scenario: who was there, who came, who left and was replaced. */
export function staffOf(scenario: Scenario, seed: number): Person[] {
  const hired = scenario.staff.flatMap((group) => roleOf(scenario, group, seed))
  hired.sort((a, b) => (a.hiredOn < b.hiredOn ? -1 : a.hiredOn > b.hiredOn ? 1 : 0))
  const names = personNames(scenario.people, chanceOf(seed, 'world/staff-names'))
  return hired.map((each, at) => {
    const name = names()
    return {
      id: `P-${String(at + 1).padStart(3, '0')}`,
      ...name,
      email: emailOf(name, scenario.partner.domain),
      ...each,
    }
  })
}

function roleOf(scenario: Scenario, group: Scenario['staff'][number], seed: number): Hired[] {
  const chance = chanceOf(seed, `world/staff/${group.role}`)
  const start = monthOf(scenario.from).first
  const end = monthOf(scenario.to).next
  const length = daysBetween(start, end)
  const people: Hired[] = []
  for (let n = 0; n < group.atStart; n += 1) {
    people.push({ role: group.role, hiredOn: workingDay(addDays(start, -chance.whole(30, SENIORITY_DAYS))) })
  }
  const grown = Math.max(0, group.atEnd - group.atStart)
  for (let n = 0; n < grown; n += 1) {
    const days = Math.floor(((n + chance.next()) / grown) * length)
    people.push({ role: group.role, hiredOn: workingDay(addDays(start, days)) })
  }
  const leaving = chance.poisson((group.leavingPerYear * (group.atStart + group.atEnd) * length) / 730)
  for (let n = 0; n < leaving; n += 1) {
    const leftOn = workingDay(addDays(start, chance.whole(20, length - 20)))
    const staying = people.filter((each) => each.leftOn === undefined && addMonths(each.hiredOn, 6) < leftOn)
    if (staying.length < 2) continue
    chance.pick(staying).leftOn = leftOn
    people.push({ role: group.role, hiredOn: workingDay(addDays(leftOn, DAYS_TO_REPLACE)) })
  }
  return people
}
