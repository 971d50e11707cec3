import type { Deployment, World } from '../world.ts'
import { profileOf } from './profile.ts'

/** An agent as the instance knows him or her. */
export interface Agent {
  id: string
  arn: string
  first: string
  last: string
  username: string
  /** Position of the routing profile. */
  routing: number
}

/** Something of the instance that has a name and an ARN. */
export interface Named {
  arn: string
  name: string
}

/** What a deployment's instance is made of: the identities that its records name. */
export interface Instance {
  queues: readonly Named[]
  routing: readonly Named[]
  groups: readonly Named[]
  /** Numbers that customers call. */
  numbers: readonly string[]
  /** Bucket and prefix of the recordings. */
  bucket: string
  agent(index: number): Agent
}

const QUEUES = [
  ...['Atención Clientes', 'Soporte Técnico', 'Ventas', 'Cobranzas', 'Facturación', 'Retención', 'Reclamos'],
]
const instances = new WeakMap<World, Map<string, Instance>>()

/** The identities of a deployment's instance. */
export function instanceOf(world: World, deployment: Deployment): Instance {
  const known = instances.get(world) ?? new Map<string, Instance>()
  instances.set(world, known)
  const made = known.get(deployment.alias)
  if (made !== undefined) return made
  const instance = makeInstance(world, deployment)
  known.set(deployment.alias, instance)
  return instance
}

function makeInstance(world: World, deployment: Deployment): Instance {
  const chance = world.chance(`instance ${deployment.alias}`)
  const arn = deployment.instanceArn
  const named = (kind: string, name: string): Named => ({ arn: `${arn}/${kind}/${chance.uuid()}`, name })
  const { queues } = profileOf(world, deployment)
  const agents: Agent[] = []
  return {
    queues: QUEUES.slice(0, queues).map((name) => named('queue', name)),
    routing: ['Agentes Voz', 'Agentes Omnicanal'].map((name) => named('routing-profile', name)),
    groups: ['Operación', 'Turno Mañana', 'Turno Tarde'].map((name) => named('agent-group', name)),
    numbers: Array.from({ length: 3 }, () => `+562${chance.whole(21_000_000, 29_999_999)}`),
    bucket: `${deployment.alias}-connect-${chance.whole(100_000, 999_999)}/connect/${deployment.alias}`,
    agent(index) {
      const agent = agents[index] ?? makeAgent(world, deployment, index)
      agents[index] = agent
      return agent
    },
  }
}

function makeAgent(world: World, deployment: Deployment, index: number): Agent {
  const chance = world.chance(`agent ${deployment.alias} ${index}`)
  const { people } = world.scenario
  const id = chance.uuid()
  const [first, last] = [chance.pick(people.first), chance.pick(people.last)]
  const username = `${first[0] ?? ''}${last}${index}`.normalize('NFD').replace(/[^\w]/g, '').toLowerCase()
  return { id, arn: `${deployment.instanceArn}/agent/${id}`, first, last, username, routing: chance.whole(0, 1) }
}
