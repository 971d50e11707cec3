import { addDays, daysBetween, type IsoDate } from '../../language/index.ts'
import { addMonths, monthOf } from '../calendar.ts'
import { chanceOf } from '../chance.ts'
import { faultsOfScenario } from '../faults.ts'
import { shuffled, weighted } from '../model/names.ts'
import { staffOf } from '../model/staff.ts'
import type { Chance, Person, Scenario } from '../world.ts'

/** One award of a certificate; a renewal is another. */
export interface Award {
  number: string
  awarded: IsoDate
  /** Last valid day. */
  expires: IsoDate
}

/** A person's certificate of one kind with its renewals. */
export interface Holding {
  person: Person
  group: string
  certificate: string
  level: string
  awards: Award[]
  /** Planted: nobody renewed it, or its holder left and the list keeps it. */
  fault?: 'certificate-lapsed' | 'certificate-of-leaver'
  /** The list goes on calling it active. */
  stale?: boolean
}

type Group = Scenario['certifications']['groups'][number]

interface Range {
  start: IsoDate
  end: IsoDate
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789'
const SECOND_SHARE = 0.25
const MOST_DAYS_SINCE_AWARD = 1000

/** All certificates over the scenario. On each anchor exactly its number of persons is listed with a valid one. */
export function holdingsOf(scenario: Scenario, seed: number): Holding[] {
  const people = staffOf(scenario, seed)
  const range = { start: monthOf(scenario.from).first, end: monthOf(scenario.to).next }
  const { groups } = scenario.certifications
  const wanted = new Map(groups.map((group) => [group.id, { lapsed: 0, left: 0 }]))
  const draw = chanceOf(seed, 'certificates/faults')
  const share = (kind: string, field: 'lapsed' | 'left'): void => {
    for (let n = faultsOfScenario(scenario, kind); n > 0; n -= 1) {
      const counts = wanted.get(draw.pick(groups).id)
      if (counts) counts[field] += 1
    }
  }
  share('certificate-lapsed', 'lapsed')
  share('certificate-of-leaver', 'left')
  return groups.flatMap((group) => {
    const counts = wanted.get(group.id) ?? { lapsed: 0, left: 0 }
    return new Holders(scenario, group, people, range, chanceOf(seed, `certificates/${group.id}`)).all(counts)
  })
}

/** Whether a certificate is valid on a day by its own dates. */
export function isValid({ awards, person }: Holding, day: IsoDate): boolean {
  return person.hiredOn <= day && awards.some((each) => each.awarded <= day && each.expires >= day)
}

class Holders {
  readonly #scenario: Scenario
  readonly #group: Group
  readonly #range: Range
  readonly #chance: Chance
  /** Who may still be given one, in chance's order. */
  #free: Person[]
  #leavers: Person[]

  constructor(scenario: Scenario, group: Group, people: readonly Person[], range: Range, chance: Chance) {
    this.#scenario = scenario
    this.#group = group
    this.#range = range
    this.#chance = chance
    const all = shuffled(people, chance)
    const able = all.filter((each) => group.roles.includes(each.role))
    // Others step in when the roles have nobody left.
    const staying = [...able, ...all.filter((each) => !able.includes(each))]
    this.#free = staying.filter((each) => each.leftOn === undefined)
    this.#leavers = able.filter(
      ({ hiredOn, leftOn }) => leftOn !== undefined && leftOn < range.end && addDays(hiredOn, 200) < leftOn,
    )
  }

  all(wanted: { lapsed: number; left: number }): Holding[] {
    let planted = [
      ...Array.from({ length: wanted.lapsed }, (_, n) => this.#lapsing(n)),
      ...Array.from({ length: wanted.left }, () => this.#leaving()),
    ].filter((each) => each !== undefined)
    // Too many planted ones would push an anchor over its number: the last of them is left out.
    while (this.#overfull(planted)) planted = planted.slice(0, -1)
    return [...planted, ...this.#regular(planted)]
  }

  #missing(planted: readonly Holding[]): number[] {
    return this.#group.anchors.map((each) => each.holders - planted.filter((one) => isValid(one, each.date)).length)
  }

  #overfull(planted: readonly Holding[]): boolean {
    const missing = this.#missing(planted)
    return planted.length > 0 && missing.some((each, at) => each < (missing[at - 1] ?? 0))
  }

  #regular(planted: readonly Holding[]): Holding[] {
    const held: Holding[] = []
    const missing = this.#missing(planted)
    this.#group.anchors.forEach(({ date }, at) => {
      const before = this.#group.anchors[at - 1]?.date
      const since = before ? addDays(before, 1) : addDays(date, -MOST_DAYS_SINCE_AWARD)
      const added = Math.max(0, (missing[at] ?? 0) - (missing[at - 1] ?? 0))
      for (let n = 0; n < added; n += 1) {
        const awarded = addDays(since, this.#chance.whole(0, daysBetween(since, date)))
        held.push(...this.#person(awarded, date))
      }
    })
    return held
  }

  /** Somebody who holds one from a day, at the latest from `by`, and renews it each time. */
  #person(awarded: IsoDate, by: IsoDate): Holding[] {
    const person = this.#take((each) => each.hiredOn <= awarded) ?? this.#take((each) => each.hiredOn <= by)
    if (!person) return []
    const first = this.#holding(person, awarded)
    this.#renew(first)
    const others = this.#group.variants.filter((each) => each.name !== first.certificate)
    if (others.length === 0 || this.#chance.next() > SECOND_SHARE) return [first]
    const second = this.#holding(person, addDays(awarded, this.#chance.whole(90, 420)), others)
    this.#renew(second)
    return [first, second]
  }

  #lapsing(n: number): Holding | undefined {
    const { start, end } = this.#range
    const expires = addDays(start, this.#chance.whole(20, daysBetween(start, end) - 20))
    const person = this.#take((each) => addDays(each.hiredOn, 120) < expires)
    if (!person) return undefined
    const awarded = addMonths(expires, -12 * this.#scenario.certifications.validYears)
    const holding = this.#holding(person, awarded)
    for (const each of holding.awards) each.expires = expires
    return { ...holding, fault: 'certificate-lapsed', stale: n % 2 === 0 }
  }

  #leaving(): Holding | undefined {
    const person = this.#leavers.pop()
    if (!person?.leftOn) return undefined
    const awarded = addDays(person.leftOn, -this.#chance.whole(60, 900))
    return { ...this.#holding(person, awarded), fault: 'certificate-of-leaver' }
  }

  #take(fits: (person: Person) => boolean): Person | undefined {
    const found = this.#free.find(fits)
    this.#free = this.#free.filter((each) => each !== found)
    return found
  }

  #holding(person: Person, awarded: IsoDate, variants: Group['variants'] = this.#group.variants): Holding {
    const variant = weighted(variants, (each) => each.share, this.#chance)
    const awards = [this.#award(awarded)]
    return { person, group: this.#group.id, certificate: variant.name, level: variant.level, awards }
  }

  #award(awarded: IsoDate): Award {
    const number = Array.from({ length: 16 }, () => this.#chance.pick([...LETTERS])).join('')
    return { number, awarded, expires: addMonths(awarded, 12 * this.#scenario.certifications.validYears) }
  }

  #renew({ awards }: Holding): void {
    for (let last = awards[0]; last && last.expires < this.#range.end; last = awards.at(-1)) {
      awards.push(this.#award(addDays(last.expires, -this.#chance.whole(10, 80))))
    }
  }
}
