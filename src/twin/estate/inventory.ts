import { addDays } from '../../language/index.ts'
import { type Month, monthsBetween } from '../calendar.ts'
import { chanceOf } from '../chance.ts'
import { numbered } from '../faults.ts'
import { jsonFile } from '../text.ts'
import type { Deployment, Part, PlantedFault, World } from '../world.ts'
import { type Blemishes, blemishesOf } from './blemishes.ts'

/** The complete list of instances at every month's end. */
export const inventory: Part = {
  id: 'deployments',
  weight: () => 60,
  async write(world, output, progress) {
    const blemishes = blemishesOf(world, resourcesOf)
    const months = monthsBetween(world.from, world.to)
    const live: Record<string, number> = {}
    const subscribers: Record<string, number> = {}
    for (const [at, month] of months.entries()) {
      const present = world.deployments.filter((each) => isLive(each, month))
      live[month.last] = present.length
      subscribers[month.last] = present.reduce((sum, each) => sum + each.subscribersOn(month.last), 0)
      await output.file(fileOf(month), snapshot(world, present, month, blemishes))
      progress((at + 1) / months.length)
    }
    return { totals: { live, subscribers }, faults: faultsIn(blemishes) }
  },
}

function fileOf(month: Month): string {
  return `deployments/inventory-${month.last}.json`
}

function isLive({ liveFrom, liveTo }: Deployment, { last }: Month): boolean {
  return liveFrom <= last && (liveTo === undefined || liveTo > last)
}

function resourcesOf({ quality }: Deployment): string[] {
  const always = ['CALL_RECORDINGS', 'CHAT_TRANSCRIPTS', 'SCHEDULED_REPORTS']
  return quality ? [...always, 'CONTACT_EVALUATIONS', 'SCREEN_RECORDINGS'] : always
}

function snapshot(world: World, present: readonly Deployment[], month: Month, blemishes: Blemishes): string {
  const isMissing = (each: Deployment): boolean =>
    blemishes.missing.some((one) => one.deployment === each && one.month.id === month.id)
  const listed = present.filter((each) => !isMissing(each))
  return jsonFile({
    exportedAt: `${month.last}T23:59:59Z`,
    complete: true,
    deployments: listed.map((each) => entry(world, each, month, blemishes)),
  })
}

function entry(world: World, deployment: Deployment, month: Month, blemishes: Blemishes): object {
  const { customer, alias, accountId, instanceId, instanceArn, region, liveFrom, liveTo } = deployment
  const over = blemishes.overPaid.find((each) => each.deployment === deployment && each.month.id === month.id)
  const chance = chanceOf(world.seed, `inventory/${deployment.ordinal}`)
  const created = addDays(liveFrom, -chance.whole(12, 45))
  const hour = String(chance.whole(12, 20)).padStart(2, '0')
  const minute = String(chance.whole(0, 59)).padStart(2, '0')
  return {
    AccountId: accountId,
    Id: instanceId,
    Arn: instanceArn,
    InstanceAlias: alias,
    InstanceStatus: 'ACTIVE',
    CreatedTime: `${created}T${hour}:${minute}:00Z`,
    IdentityManagementType: 'SAML',
    InboundCallsEnabled: true,
    OutboundCallsEnabled: true,
    Region: region,
    CustomerId: customer.id,
    CustomerName: customer.name,
    Contact: `${customer.contact.first} ${customer.contact.last}`,
    LiveFrom: liveFrom,
    // An end is known one month ahead.
    LiveTo: liveTo !== undefined && liveTo <= addDays(month.next, 31) ? liveTo : null,
    Subscribers: deployment.subscribersOn(month.last) + (over?.seats ?? 0),
    WorkforceManagement: deployment.workforce,
    QualityManagement: deployment.quality,
    Storage: storage(world, deployment, month, blemishes),
    Tags: { customer: customer.id },
  }
}

function storage(world: World, deployment: Deployment, month: Month, { unencrypted }: Blemishes): object[] {
  const { alias, accountId, region } = deployment
  const chance = chanceOf(world.seed, `inventory/storage/${deployment.ordinal}`)
  const key = `arn:aws:kms:${region}:${accountId}:key/${chance.uuid()}`
  const bucket = `amazon-connect-${alias.slice(0, 36)}-${chance.uuid().slice(0, 8)}`
  const open = unencrypted.filter(
    (each) => each.deployment === deployment && each.from.id <= month.id && month.id <= each.to.id,
  )
  return resourcesOf(deployment).map((resource) => ({
    ResourceType: resource,
    StorageType: 'S3',
    S3Config: {
      BucketName: bucket,
      BucketPrefix: `connect/${alias}/${resource.toLowerCase().replace('_', '-')}`,
      ...(open.some((each) => each.resource === resource)
        ? {}
        : { EncryptionConfig: { EncryptionType: 'KMS', KeyId: key } }),
    },
  }))
}

function faultsIn({ missing, overPaid, unencrypted }: Blemishes): PlantedFault[] {
  const about = ({ alias, accountId, instanceId, customer }: Deployment): Record<string, string> => ({
    deployment: alias,
    customer: customer.id,
    accountId,
    instanceId,
  })
  const found: Omit<PlantedFault, 'id'>[] = [
    ...missing.map(({ deployment, month }) => ({
      kind: 'inventory-missing-instance',
      on: month.last,
      file: fileOf(month),
      subject: about(deployment),
    })),
    ...overPaid.map(({ deployment, month, seats }) => ({
      kind: 'subscribers-over-paid',
      on: month.last,
      file: fileOf(month),
      subject: about(deployment),
      effect: { value: String(seats), unit: 'subscriber' },
    })),
    ...unencrypted.map(({ deployment, from, to, resource }) => ({
      kind: 'unencrypted-bucket',
      on: from.last,
      file: fileOf(from),
      subject: { ...about(deployment), resourceType: resource, through: to.last },
    })),
  ]
  return numbered(found.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)))
}
