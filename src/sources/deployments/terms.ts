import type { z } from 'zod'
import {
  type CellReader,
  dayAndTime,
  listOf,
  optional,
  required,
  rowOf,
  text,
  timestamp,
  wholeNumber,
  yesOrNo,
} from '../fields.ts'

const account: CellReader<string> = (cell) => (/^\d{12}$/.test(cell) ? { value: cell } : { fault: 'not-an-account' })

const encryption = rowOf({ EncryptionType: optional(text), KeyId: optional(text) })

const bucket = rowOf({
  BucketName: optional(text),
  BucketPrefix: optional(text),
  EncryptionConfig: encryption.nullish(),
})

const stream = rowOf({ Prefix: optional(text), EncryptionConfig: encryption.nullish() })

/** Where an instance keeps one kind of data, as `ListInstanceStorageConfigs` of Amazon Connect gives it. */
export const storageRow = rowOf({
  ResourceType: required(text),
  StorageType: required(text),
  S3Config: bucket.nullish(),
  KinesisVideoStreamConfig: stream.nullish(),
})

/** What stands in `storageRow`. */
export type StorageRow = z.infer<typeof storageRow>

/** One deployment of an inventory: an instance as Amazon Connect describes it, and what the partner adds. */
export const deploymentRow = rowOf({
  AccountId: required(account),
  Id: required(text),
  InstanceAlias: required(text),
  InstanceStatus: optional(text),
  CreatedTime: optional(timestamp),
  IdentityManagementType: optional(text),
  InboundCallsEnabled: optional(yesOrNo),
  OutboundCallsEnabled: optional(yesOrNo),
  Region: required(text),
  CustomerId: optional(text),
  CustomerName: optional(text),
  Contact: optional(text),
  LiveFrom: optional(dayAndTime),
  LiveTo: optional(dayAndTime),
  Subscribers: optional(wholeNumber),
  WorkforceManagement: optional(yesOrNo),
  QualityManagement: optional(yesOrNo),
  Storage: listOf(storageRow).nullish(),
  Tags: rowOf({ customer: optional(text) }).nullish(),
})

/** What stands in `deploymentRow`. */
export type DeploymentRow = z.infer<typeof deploymentRow>
