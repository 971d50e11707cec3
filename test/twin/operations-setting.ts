import { createHash } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { parse } from 'yaml'
import { addDays, daysBetween, type IsoDate } from '../../src/language/index.ts'
import { makeWorld, type WorldRequest } from '../../src/twin/make-world.ts'
import type { Output, Part, PartTruth, Scenario, World } from '../../src/twin/world.ts'

const SCENARIO = `
name: Test
country: CL
timeZone: America/Santiago
currency: USD
from: "2023-07"
to: "2026-06"
partner: { name: Partner SpA, short: pt, domain: partner.example, payerAccount: "100000000001" }
provider: { name: Provider, short: pv, entity: Provider Inc }
regions: { instances: eu-west-2, recovery: eu-central-1, outside: [us-east-1] }
growth:
  seats: { least: 40, most: 400, sigma: 0.5 }
  ramp: { share: 0.5, months: 3 }
  daysToLive: { median: 60, sigma: 0.3 }
  anchors:
    - { date: "2023-07-31", deployments: 12, subscribers: 1700, workforce: 5, quality: 4, revenue: "80000" }
    - { date: "2025-01-31", deployments: 25, subscribers: 3800, workforce: 15, quality: 12, left: 1, revenue: "180000" }
    - { date: "2026-06-30", deployments: 60, subscribers: 9600, workforce: 34, quality: 28, left: 1, revenue: "400000" }
sectors:
  - { name: Retail, share: 0.5, size: 1, forms: ["Comercial {stem}", "Tiendas {stem}"] }
  - { name: Salud, share: 0.5, size: 1.2, forms: ["Clínica {stem}"] }
stems: [Andina, Austral, Cordillera, Pacífico, Maipo, Elqui, Aconcagua, Choapa, Loa, Biobío, Calafate, Copihue]
people:
  first: [Ana, Luis, Camila, Javiera, Matías, Diego, Felipe, Rocío, Paula, Jorge, Álvaro, Ximena]
  last: [Rojas, Muñoz, Soto, Díaz, Pérez, Silva, Contreras, Araya, Tapia, Núñez, Vera, Bravo]
staff:
  - { role: engineer, atStart: 8, atEnd: 20, leavingPerYear: 0.1 }
  - { role: operator, atStart: 10, atEnd: 20, leavingPerYear: 0.2 }
incidents:
  perDeploymentMonth: 0.6
  outageShare: 0.25
  outageMinutes: { median: 9, sigma: 0.9 }
  respondMinutes: [8, 18, 45, 120]
  resolveMinutes: [95, 150, 300, 700]
  sigma: 0.5
  priorities: [1, 3, 4]
  whatOutage: [Sin tono de marcado, Troncal SIP caída]
  what: [Grabación no disponible, Audio entrecortado]
faults: {}
parts: {}
`

/** A scenario of the real one's size, of what the operations need alone. */
export function testScenario(): Scenario {
  return parse(SCENARIO)
}

/** A world of the test scenario. */
export function testWorld(request: Partial<WorldRequest> = {}, parts: Scenario['parts'] = {}): World {
  return makeWorld({ ...testScenario(), parts }, { seed: 7, from: '2023-07', to: '2026-06', scale: 1, ...request })
}

/** What parts wrote, by name below OUT. */
export class MemoryOutput implements Output {
  readonly files = new Map<string, Buffer>()

  file(name: string, content: string | Uint8Array): Promise<void> {
    if (this.files.has(name)) throw new Error(`${name} written twice`)
    this.files.set(name, Buffer.from(content as Uint8Array))
    return Promise.resolve()
  }

  path(name: string): string {
    throw new Error(`${name} is not for a part of the operations`)
  }

  /** Text of a file, unpacked when its name says that it is packed. */
  text(name: string): string {
    const bytes = this.files.get(name)
    if (bytes === undefined) throw new Error(`no ${name}`)
    return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  }

  /** Differs as soon as a name or a byte does. */
  fingerprint(): string {
    const hash = createHash('sha256')
    for (const [name, bytes] of this.files) hash.update(`${name} ${bytes.length} `).update(bytes)
    return hash.digest('hex')
  }

  names(folder: string): string[] {
    return [...this.files.keys()].filter((name) => name.startsWith(`${folder}/`))
  }
}

/** What one part wrote for a world, and what it says of it. */
export async function written(part: Part, world: World): Promise<{ output: MemoryOutput; truth: PartTruth }> {
  const output = new MemoryOutput()
  let last = 0
  const truth = await part.write(world, output, (done) => {
    if (done < last || done > 1) throw new Error(`progress went from ${last} to ${done}`)
    last = done
  })
  return { output, truth }
}

/** All days from `from` up to, and not including, `to`. */
export function daysOf(from: IsoDate, to: IsoDate): IsoDate[] {
  return Array.from({ length: daysBetween(from, to) }, (_, at) => addDays(from, at))
}
