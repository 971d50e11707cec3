import { type BulkShape, IS_INSTANCE, within } from '../bulk-shape.ts'
import type { JsonFields, JsonType } from '../json-columns.ts'

const NAMED: JsonType = { object: { ARN: 'VARCHAR', Name: 'VARCHAR' } }
const ENDPOINT: JsonType = { object: { Address: 'VARCHAR', Type: 'VARCHAR' } }
const GROUP: JsonType = { object: { ARN: 'VARCHAR', GroupName: 'VARCHAR' } }
const AUDIO: JsonType = {
  object: { Audio: { object: { QualityScore: 'DOUBLE', PotentialQualityIssues: { list: 'VARCHAR' } } } },
}

const AGENT: JsonType = {
  object: {
    ARN: 'VARCHAR',
    Username: 'VARCHAR',
    RoutingProfile: NAMED,
    HierarchyGroups: { object: { Level1: GROUP, Level2: GROUP, Level3: GROUP, Level4: GROUP, Level5: GROUP } },
    ConnectedToAgentTimestamp: 'TIMESTAMPTZ',
    AgentInteractionDuration: 'BIGINT',
    AfterContactWorkStartTimestamp: 'TIMESTAMPTZ',
    AfterContactWorkEndTimestamp: 'TIMESTAMPTZ',
    AfterContactWorkDuration: 'BIGINT',
    CustomerHoldDuration: 'BIGINT',
    AgentInitiatedHoldDuration: 'BIGINT',
    NumberOfHolds: 'BIGINT',
    LongestHoldDuration: 'BIGINT',
  },
}

const RECORDINGS: JsonType = {
  list: {
    object: {
      StorageType: 'VARCHAR',
      Location: 'VARCHAR',
      MediaStreamType: 'VARCHAR',
      ParticipantType: 'VARCHAR',
      StartTimestamp: 'TIMESTAMPTZ',
      StopTimestamp: 'TIMESTAMPTZ',
      Status: 'VARCHAR',
    },
  },
}

/** The fields of a contact record (AWSContactTraceRecordFormatVersion 2017-03-10) that are read. */
const FIELDS: JsonFields = {
  AWSAccountId: 'VARCHAR',
  InstanceARN: 'VARCHAR',
  ContactId: 'UUID',
  InitialContactId: 'UUID',
  NextContactId: 'UUID',
  PreviousContactId: 'UUID',
  Channel: 'VARCHAR',
  InitiationMethod: 'VARCHAR',
  InitiationTimestamp: 'TIMESTAMPTZ',
  ConnectedToSystemTimestamp: 'TIMESTAMPTZ',
  ScheduledTimestamp: 'TIMESTAMPTZ',
  TransferCompletedTimestamp: 'TIMESTAMPTZ',
  DisconnectTimestamp: 'TIMESTAMPTZ',
  LastUpdateTimestamp: 'TIMESTAMPTZ',
  DisconnectReason: 'VARCHAR',
  AgentConnectionAttempts: 'BIGINT',
  AnsweringMachineDetectionStatus: 'VARCHAR',
  Attributes: 'JSON',
  References: 'JSON',
  Campaign: { object: { CampaignId: 'VARCHAR' } },
  CustomerEndpoint: ENDPOINT,
  SystemEndpoint: ENDPOINT,
  TransferredToEndpoint: ENDPOINT,
  Queue: {
    object: {
      ARN: 'VARCHAR',
      Name: 'VARCHAR',
      EnqueueTimestamp: 'TIMESTAMPTZ',
      DequeueTimestamp: 'TIMESTAMPTZ',
      Duration: 'BIGINT',
    },
  },
  Agent: AGENT,
  Recording: { object: { Location: 'VARCHAR', Status: 'VARCHAR', Type: 'VARCHAR', DeletionReason: 'VARCHAR' } },
  Recordings: RECORDINGS,
  QualityMetrics: { object: { Agent: AUDIO, Customer: AUDIO } },
  DisconnectDetails: { object: { PotentialDisconnectIssue: 'VARCHAR' } },
  GlobalResiliencyMetadata: { object: { ActiveRegion: 'VARCHAR', OriginRegion: 'VARCHAR' } },
}

const time = (field: string): string => `(${field})::TIMESTAMP`

const COLUMNS: Record<string, string> = {
  account: 'AWSAccountId',
  instance: `split_part(InstanceARN, '/', 2)`,
  instance_arn: 'InstanceARN',
  contact_id: 'ContactId',
  initial_contact_id: 'InitialContactId',
  next_contact_id: 'NextContactId',
  previous_contact_id: 'PreviousContactId',
  channel: 'Channel',
  initiation_method: 'InitiationMethod',
  initiated_at: time('InitiationTimestamp'),
  connected_at: time('ConnectedToSystemTimestamp'),
  scheduled_at: time('ScheduledTimestamp'),
  transferred_at: time('TransferCompletedTimestamp'),
  disconnected_at: time('DisconnectTimestamp'),
  updated_at: time('LastUpdateTimestamp'),
  disconnect_reason: 'DisconnectReason',
  agent_connection_attempts: 'AgentConnectionAttempts',
  answering_machine: 'AnsweringMachineDetectionStatus',
  campaign_id: 'Campaign.CampaignId',
  customer_endpoint_type: 'CustomerEndpoint."Type"',
  system_endpoint_type: 'SystemEndpoint."Type"',
  transferred_to_type: 'TransferredToEndpoint."Type"',
  queue_arn: 'Queue.ARN',
  queue: 'Queue.Name',
  enqueued_at: time('Queue.EnqueueTimestamp'),
  dequeued_at: time('Queue.DequeueTimestamp'),
  queue_seconds: 'Queue.Duration',
  agent_arn: 'Agent.ARN',
  routing_profile_arn: 'Agent.RoutingProfile.ARN',
  routing_profile: 'Agent.RoutingProfile.Name',
  hierarchy_1: 'Agent.HierarchyGroups.Level1.ARN',
  hierarchy_2: 'Agent.HierarchyGroups.Level2.ARN',
  hierarchy_3: 'Agent.HierarchyGroups.Level3.ARN',
  hierarchy_4: 'Agent.HierarchyGroups.Level4.ARN',
  hierarchy_5: 'Agent.HierarchyGroups.Level5.ARN',
  agent_connected_at: time('Agent.ConnectedToAgentTimestamp'),
  interaction_seconds: 'Agent.AgentInteractionDuration',
  after_work_started_at: time('Agent.AfterContactWorkStartTimestamp'),
  after_work_ended_at: time('Agent.AfterContactWorkEndTimestamp'),
  after_work_seconds: 'Agent.AfterContactWorkDuration',
  hold_seconds: 'Agent.CustomerHoldDuration',
  agent_hold_seconds: 'Agent.AgentInitiatedHoldDuration',
  holds: 'Agent.NumberOfHolds',
  longest_hold_seconds: 'Agent.LongestHoldDuration',
  recording_status: 'Recording.Status',
  recording_type: 'Recording."Type"',
  recording_deletion: 'Recording.DeletionReason',
  recordings: `[{'storage': x.StorageType, 'stream': x.MediaStreamType, 'participant': x.ParticipantType,
    'started_at': (x.StartTimestamp)::TIMESTAMP, 'stopped_at': (x.StopTimestamp)::TIMESTAMP, 'status': x.Status}
    FOR x IN Recordings]`,
  quality_agent: 'QualityMetrics.Agent.Audio.QualityScore',
  quality_agent_issues: 'QualityMetrics.Agent.Audio.PotentialQualityIssues',
  quality_customer: 'QualityMetrics.Customer.Audio.QualityScore',
  quality_customer_issues: 'QualityMetrics.Customer.Audio.PotentialQualityIssues',
  disconnect_issue: 'DisconnectDetails.PotentialDisconnectIssue',
  active_region: 'GlobalResiliencyMetadata.ActiveRegion',
  origin_region: 'GlobalResiliencyMetadata.OriginRegion',
}

const PERSONAL: Record<string, string> = {
  customer_address: 'CustomerEndpoint.Address',
  system_address: 'SystemEndpoint.Address',
  transferred_to_address: 'TransferredToEndpoint.Address',
  agent_username: 'Agent.Username',
  attributes: 'Attributes',
  references: '"References"',
  recording_location: 'Recording.Location',
  recording_locations: '[x.Location FOR x IN Recordings]',
}

/** CTR-1, CTR-2: contact records as rows. */
export const CONTACT_RECORDS: BulkShape = {
  dataset: 'contact-records',
  fields: FIELDS,
  known: ['ContactId', 'InstanceARN', 'InitiationTimestamp', 'LastUpdateTimestamp'],
  required: [
    { field: 'ContactId', code: 'missing', holds: 'ContactId IS NOT NULL' },
    { field: 'InstanceARN', code: 'not-an-arn', holds: IS_INSTANCE },
    { field: 'InitiationTimestamp', code: 'not-a-timestamp', holds: within('InitiationTimestamp') },
    { field: 'LastUpdateTimestamp', code: 'not-a-timestamp', holds: within('LastUpdateTimestamp') },
  ],
  columns: COLUMNS,
  personal: PERSONAL,
  instance: 'instance',
  happened: 'initiated_at',
  identity: 'contact_id',
  version: 'updated_at',
}
