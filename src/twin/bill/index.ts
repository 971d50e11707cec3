import { monthsBetween } from '../calendar.ts'
import { numbered } from '../faults.ts'
import type { Output, Part, PartTruth, PlantedFault, World } from '../world.ts'
import { type Book, openBook } from './book.ts'
import { Carried } from './carried.ts'
import { dataFile, Exporter } from './delivery.ts'
import type { Line } from './line.ts'
import { type BilledMonth, billMonth } from './month.ts'
import { type Planting, planFaults } from './planting.ts'
import { billSchema } from './scenario.ts'
import { Tally } from './tally.ts'
import { textOf } from './units.ts'

/** The provider's bill, month by month, in two formats that tie to the last digit. */
export const bill: Part = {
  id: 'bill',
  section: billSchema,
  apart: { folders: ['bill', 'bill-refreshed'] },
  weight: (world) => monthsBetween(world.from, world.to).length * (60 + world.deployments.length * 5),
  write: writeBill,
}

async function writeBill(world: World, output: Output, progress: (done: number) => void): Promise<PartTruth> {
  const book = openBook(world)
  const months = monthsBetween(world.from, world.to)
  const plan = planFaults(book, months)
  const carried = new Carried()
  const tally = new Tally(book)
  const faults: Omit<PlantedFault, 'id'>[] = []
  const exporter = await Exporter.open(book, output)
  try {
    for (const [at, month] of months.entries()) {
      const billed = billMonth(book, months, at, plan.get(month.id) ?? [], carried)
      const invoiceOf = at === months.length - 1 ? () => '' : invoices(book, month.id)
      await deliverMonth(book, exporter, billed, invoiceOf, tally)
      faults.push(...billed.planted.map((each) => faultOf(book, each, month.id)))
      progress((at + 1) / months.length)
    }
    await exporter.finish()
  } finally {
    await exporter.close()
  }
  const { totals, overCap } = tally.finish()
  faults.push(...overCap.map((each) => faultOf(book, each, undefined)))
  return { totals, faults: numbered(faults) }
}

type InvoiceOf = (line: Line) => string

async function deliverMonth(
  book: Book,
  exporter: Exporter,
  billed: BilledMonth,
  invoiceOf: InvoiceOf,
  tally: Tally,
): Promise<void> {
  const { month, lines, firstLines } = billed
  const { deliveredAfterDays, refreshedAfterDays } = book.terms
  const first = { month, folder: 'bill', afterDays: deliveredAfterDays } as const
  if (firstLines === undefined) {
    tally.month(billed, await exporter.deliver({ ...first, lines, invoiceOf }), undefined, invoiceOf)
    return
  }
  // Invoices of a month that is still to change are not issued yet.
  const firstRows = await exporter.deliver({ ...first, lines: firstLines, invoiceOf: () => '' })
  const again = { month, lines, folder: 'bill-refreshed', afterDays: refreshedAfterDays, invoiceOf } as const
  tally.month(billed, await exporter.deliver(again), firstRows, invoiceOf)
}

/** One invoice for each issuer and month; corrections of earlier months stand on one of their own. */
function invoices(book: Book, month: string): InvoiceOf {
  const made = new Map<string, string>()
  return (line) => {
    const key = `${line.issuer.id}${line.correction ? ' corrections' : ''}`
    const known = made.get(key)
    if (known !== undefined) return known
    const number = book.world.chance(`bill invoice ${month} ${key}`).whole(100_000, 999_999)
    const id = `${line.issuer.prefix}${month.slice(2).replace('-', '')}-${number}`
    made.set(key, id)
    return id
  }
}

function faultOf(book: Book, planting: Planting, month: string | undefined): Omit<PlantedFault, 'id'> {
  const { kind, on, subject, effect, refreshed } = planting
  const folder = refreshed ? 'bill-refreshed' : 'bill'
  const sum = { value: textOf(effect), unit: book.terms.currency }
  if (month === undefined) return { kind, on, subject, effect: sum }
  const focusFile = dataFile(folder, month, 'focus')
  return { kind, on, file: dataFile(folder, month, 'cur'), subject: { ...subject, focusFile }, effect: sum }
}
