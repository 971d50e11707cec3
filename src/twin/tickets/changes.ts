import { addDays, type IsoDate } from '../../language/index.ts'
import { type Month, monthsBetween, startOfDay } from '../calendar.ts'
import type { Chance, TrueIncident, World } from '../world.ts'
import type { TicketNumbers } from './section.ts'
import { type Change, type Outcome, staffOn } from './ticket.ts'

const WHAT = [
  'Actualización de flujo IVR',
  'Alta de colas y perfiles de enrutamiento',
  'Cambio de horario de atención',
  'Ajuste de integración CRM',
  'Actualización de función Lambda',
  'Migración de números',
  'Cambio de reglas de grabación',
  'Ajuste de troncal SIP',
]
const NOTES: Record<Outcome, string> = {
  Successful: 'Cambio ejecutado según plan y verificado con el cliente.',
  'Successful with issues': 'Cambio ejecutado; se corrigió una configuración durante la ventana.',
  Unsuccessful: 'Cambio revertido: la verificación falló y se restableció la versión anterior.',
}
const FIRST_NUMBER = 30_001

/** The changes of the whole run, most of which succeed; some months are worse. */
export function changesOf(world: World, numbers: TicketNumbers): Change[] {
  return monthsBetween(world.from, world.to).flatMap((month) => {
    const chance = world.chance(`changes ${month.id}`)
    const isWorse = chance.next() < numbers.badMonths
    const success = isWorse ? numbers.changeSuccessInBadMonths : numbers.changeSuccess
    const targets = world.deployments.filter((each) => each.subscribersOn(month.last) > 0)
    const ofDeployments = targets.flatMap((each) =>
      Array.from({ length: chance.poisson(numbers.changesPerDeploymentMonth) }, () =>
        change(world, chance, { month, target: each.alias, company: each.customer.id, success }),
      ),
    )
    const { short } = world.scenario.partner
    const ofPlatform = Array.from({ length: chance.poisson(numbers.platformChangesPerMonth) }, () =>
      change(world, chance, { month, target: `${short}-platform`, company: short, success }),
    )
    return [...ofDeployments, ...ofPlatform]
  })
}

interface Planned {
  month: Month
  target: string
  company: string
  success: number
}

function change(world: World, chance: Chance, { month, target, company, success }: Planned): Change {
  const day = addDays(month.first, chance.whole(0, month.days - 1))
  const type = chance.pick(['Normal', 'Normal', 'Standard', 'Standard', 'Standard', 'Emergency'] as const)
  const minute = type === 'Emergency' ? chance.whole(480, 1200) : chance.whole(60, 300)
  const startsAt = (startOfDay(world.scenario.timeZone, day) + minute) * 60
  const endsAt = startsAt + chance.whole(20, 150) * 60 + chance.whole(0, 59)
  const outcome =
    chance.next() < success ? (chance.next() < 0.03 ? 'Successful with issues' : 'Successful') : 'Unsuccessful'
  return made(world, chance, { day, target, company, type, startsAt, endsAt, outcome, notes: NOTES[outcome] })
}

type Given = Pick<Change, 'target' | 'company' | 'type' | 'startsAt' | 'endsAt' | 'outcome' | 'notes'> & {
  day: IsoDate
}

function made(world: World, chance: Chance, { day, ...given }: Given): Change {
  const staff = staffOn(world.people, day)
  const person = staff.length > 0 ? chance.pick(staff) : undefined
  return {
    sysId: chance.uuid().replaceAll('-', ''),
    short: chance.pick(WHAT),
    assigned: person === undefined ? '' : `${person.first} ${person.last}`,
    unrecorded: false,
    number: '',
    ...given,
  }
}

/** The change that brought an incident about: entered as a success, or not entered at all. */
export function causeOf(world: World, chance: Chance, incident: TrueIncident, unrecorded: boolean): Change {
  const { deployment, beginsAt, outageMinutes } = incident
  const startsAt = (beginsAt - chance.whole(5, 25)) * 60
  const endsAt = (beginsAt + outageMinutes + chance.whole(5, 30)) * 60
  const cause = made(world, chance, {
    day: new Date(startsAt * 1000).toISOString().slice(0, 10),
    target: deployment.alias,
    company: deployment.customer.id,
    type: 'Normal',
    startsAt,
    endsAt,
    outcome: 'Successful',
    notes: 'Se aplicó rollback tras la caída; el servicio quedó operativo. Se cierra.',
  })
  return { ...cause, unrecorded }
}

/** Puts changes in order and numbers them; one that was never entered leaves a gap. */
export function numberedChanges(changes: readonly Change[]): Change[] {
  const inOrder = [...changes].sort((a, b) => a.startsAt - b.startsAt || (a.sysId < b.sysId ? -1 : 1))
  for (const [at, each] of inOrder.entries()) each.number = `CHG${String(FIRST_NUMBER + at).padStart(7, '0')}`
  return inOrder
}
