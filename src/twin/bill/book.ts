import type { IsoDate } from '../../language/index.ts'
import { addMonths } from '../calendar.ts'
import type { Deployment, World } from '../world.ts'
import type { Account, ContractYear, Issuer, Item, Reservation, Resource, Service } from './line.ts'
import { type BillTerms, billSchema } from './scenario.ts'
import { scaled, unitsOf } from './units.ts'

/** All that every month of the bill needs, made once: the scenario's names replaced by what they stand for. */
export interface Book {
  world: World
  terms: BillTerms
  payer: Account
  accounts: ReadonlyMap<string, Account>
  issuers: readonly Issuer[]
  services: ReadonlyMap<string, Service>
  items: ReadonlyMap<string, Item>
  reservations: readonly Reservation[]
  years: readonly ContractYear[]
  unknown: Account
  home: string
  /** Regions in which nothing may be. */
  outside: readonly string[]
  accountOf(deployment: Deployment): Account
  /** The instance itself for what is sold by instance, else a resource of its own with the instance's tags. */
  resourceOf(deployment: Deployment, item: Item): Resource
}

/** Reads the scenario's section and prepares the book. Throws on a scenario that was not checked before. */
export function openBook(world: World): Book {
  const terms = billSchema.parse(world.scenario.parts.bill)
  const { partner, regions } = world.scenario
  const accounts = new Map<string, Account>(
    terms.accounts.map(({ id, accountId, name }) => [id, { id: accountId, name, inventory: true }]),
  )
  const issuers = terms.issuers.map(({ id, name, prefix, taxed }) => ({ id, name, prefix, taxed }))
  const services = new Map(Object.entries(terms.services).map(([id, each]): [string, Service] => [id, { id, ...each }]))
  const items = itemsOf(terms, services, issuers)
  const book: Book = {
    world,
    terms,
    payer: { id: partner.payerAccount, name: `${partner.name} (payer)`, inventory: true },
    accounts,
    issuers,
    services,
    items,
    reservations: [],
    years: yearsOf(terms, world.scale),
    unknown: { id: terms.unknownAccount.accountId, name: terms.unknownAccount.name, inventory: false },
    home: regions.instances,
    outside: regions.outside,
    ...ownersOf(world, terms, items),
  }
  return { ...book, reservations: terms.reservations.map((each) => reservationOf(book, each)) }
}

/** The named entry; names were checked with the scenario. */
export function named<T>(of: ReadonlyMap<string, T>, name: string): T {
  const found = of.get(name)
  if (found === undefined) throw new RangeError(`the scenario's bill has no ${name}`)
  return found
}

/** Percent of discount that the contract gives to a charge of that day. */
export function percentOn(book: Book, day: IsoDate): number {
  return yearOn(book, day)?.percent ?? 0
}

/** The contract year of a day. */
export function yearOn(book: Book, day: IsoDate): ContractYear | undefined {
  return book.years.find((year) => year.start <= day && day < year.end)
}

/** Start of a usage type for a region, such as `EUW2-`. */
export function regionPrefix(book: Book, region: string): string {
  return `${book.terms.regions[region]?.prefix ?? region.replaceAll('-', '').toUpperCase()}-`
}

/** Name of a region as the bill shows it. */
export function regionName(book: Book, region: string): string {
  return book.terms.regions[region]?.name ?? region
}

function yearsOf({ contract }: BillTerms, scale: number): ContractYear[] {
  return contract.years.map(({ minimum, discountPercent }, at) => ({
    number: at + 1,
    start: addMonths(contract.start, at * 12),
    end: addMonths(contract.start, at * 12 + 12),
    minimum: scaled(unitsOf(minimum), scale),
    percent: discountPercent,
  }))
}

function itemsOf(terms: BillTerms, services: ReadonlyMap<string, Service>, issuers: readonly Issuer[]) {
  const ids = Object.keys(terms.items)
  return new Map(
    ids.map((id): [string, Item] => {
      const { service, issuer, price, ...rest } = terms.items[id] as BillTerms['items'][string]
      const own = named(services, service)
      return [
        id,
        {
          ...rest,
          id,
          service: own,
          issuer: issuers.find((each) => each.id === issuer) as Issuer,
          price: unitsOf(price),
          family: rest.family ?? own.family,
          resource: rest.resource ?? own.resource,
          arn: rest.arn ?? own.arn,
          sku: skuOf(id),
        },
      ]
    }),
  )
}

/** Sixteen letters and digits, as the provider's price list has them; the same for an item in every run. */
function skuOf(id: string): string {
  let [a, b] = [0x811c9dc5, 0x01000193]
  for (let at = 0; at < id.length; at += 1) {
    a = Math.imul(a ^ id.charCodeAt(at), 0x01000193)
    b = Math.imul(b + id.charCodeAt(at), 0x85ebca6b) ^ (a >>> 13)
  }
  const part = (word: number): string => (word >>> 0).toString(36).toUpperCase().padStart(8, 'X').slice(0, 8)
  return part(a) + part(b)
}

function reservationOf(book: Book, each: BillTerms['reservations'][number]): Reservation {
  const { world } = book
  const chance = world.chance(`bill reservation ${each.id}`)
  const account = named(book.accounts, each.account)
  const item = named(book.items, each.item)
  const arn = `arn:aws:ec2:${book.home}:${account.id}:reserved-instances/${chance.uuid()}`
  const instances = Array.from({ length: each.count }, (_, at): Resource => {
    return {
      id: resourceId(book, item, account, `${each.id}-${at + 1}`),
      name: `${each.id}-${at + 1}`,
      type: item.resource,
      tags: sharedTags(book, item.service.id, `${each.id}-${at + 1}`),
    }
  })
  return {
    arn,
    name: each.id,
    item,
    account,
    instances,
    from: `${each.from}-01`,
    to: addMonths(`${each.from}-01`, each.months),
    hourly: unitsOf(each.hourly),
    ...(each.unused === undefined ? {} : { unused: each.unused }),
  }
}

/** The identifier of a resource: the same in every month. */
export function resourceId(
  book: Pick<Book, 'world' | 'home'>,
  item: Item,
  account: { id: string },
  name: string,
): string {
  const hex = book.world.chance(`bill resource ${account.id} ${name}`).uuid().replaceAll('-', '').slice(0, 17)
  const parts: Record<string, string> = { region: book.home, account: account.id, name, hex }
  return (item.arn ?? '{name}').replaceAll(/\{(\w+)\}/g, (_, part: string) => parts[part] ?? '')
}

/** Tags of what several customers share. */
export function sharedTags(
  { world, terms }: Pick<Book, 'world' | 'terms'>,
  service: string,
  name: string,
): Record<string, string> {
  return {
    ...terms.tags,
    'cost-center': `CC-9${String(service.length).padStart(3, '0')}`,
    customer: 'shared',
    deployment: name,
    owner: world.scenario.partner.short,
  }
}

function ownersOf(
  world: World,
  terms: BillTerms,
  items: ReadonlyMap<string, Item>,
): Pick<Book, 'accountOf' | 'resourceOf'> {
  const accounts = new Map<Deployment, Account>()
  const resources = new Map<string, Resource>()
  const instanceType = items.get(terms.perDeployment[0]?.item ?? '')?.resource
  return {
    accountOf(deployment) {
      const made = accounts.get(deployment) ?? {
        id: deployment.accountId,
        name: deployment.accountName,
        inventory: true,
      }
      accounts.set(deployment, made)
      return made
    },
    resourceOf(deployment, item) {
      const own = item.resource === instanceType ? '' : item.id
      const key = `${deployment.alias} ${own}`
      const made = resources.get(key) ?? ownedResource(world, terms, deployment, own === '' ? undefined : item)
      resources.set(key, made)
      return made
    },
  }
}

function ownedResource(world: World, terms: BillTerms, deployment: Deployment, item: Item | undefined): Resource {
  const { customer, alias, instanceArn, instanceId, ordinal, region, accountId } = deployment
  const tags = {
    ...terms.tags,
    'cost-center': `CC-1${String(ordinal + 1).padStart(3, '0')}`,
    customer: customer.id,
    deployment: alias,
    owner: world.scenario.partner.short,
  }
  if (item === undefined) {
    const type = terms.services[terms.items[terms.perDeployment[0]?.item ?? '']?.service ?? '']?.resource ?? ''
    return { id: instanceArn, name: alias, type, instanceId, tags }
  }
  const name = `${alias}-${item.id}`
  return { id: resourceId({ world, home: region }, item, { id: accountId }, name), name, type: item.resource, tags }
}
