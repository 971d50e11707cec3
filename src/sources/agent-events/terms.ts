import { type BulkShape, IS_INSTANCE, within } from '../bulk-shape.ts'
import type { JsonFields, JsonType } from '../json-columns.ts'

const STATUS: JsonType = { object: { ARN: 'VARCHAR', Name: 'VARCHAR', Type: 'VARCHAR', StartTimestamp: 'TIMESTAMPTZ' } }

/** The fields of an agent event (Version 2017-10-01) that are read. */
const FIELDS: JsonFields = {
  AWSAccountId: 'VARCHAR',
  InstanceARN: 'VARCHAR',
  AgentARN: 'VARCHAR',
  EventId: 'VARCHAR',
  EventType: 'VARCHAR',
  EventTimestamp: 'TIMESTAMPTZ',
  CurrentAgentSnapshot: {
    object: {
      AgentStatus: STATUS,
      NextAgentStatus: { object: { ARN: 'VARCHAR', Name: 'VARCHAR' } },
      Configuration: {
        object: {
          Username: 'VARCHAR',
          FirstName: 'VARCHAR',
          LastName: 'VARCHAR',
          RoutingProfile: { object: { ARN: 'VARCHAR', Name: 'VARCHAR' } },
        },
      },
      Contacts: { list: { object: { ContactId: 'VARCHAR', Channel: 'VARCHAR', State: 'VARCHAR' } } },
    },
  },
  PreviousAgentSnapshot: { object: { AgentStatus: STATUS } },
}

/** AGE-1, AGE-2: agent events as rows. */
export const AGENT_EVENTS: BulkShape = {
  dataset: 'agent-events',
  fields: FIELDS,
  known: ['EventId', 'InstanceARN', 'EventTimestamp', 'AgentARN'],
  required: [
    { field: 'EventId', code: 'missing', holds: `EventId <> ''` },
    { field: 'InstanceARN', code: 'not-an-arn', holds: IS_INSTANCE },
    { field: 'AgentARN', code: 'missing', holds: `AgentARN <> ''` },
    { field: 'EventType', code: 'missing', holds: `EventType <> ''` },
    { field: 'EventTimestamp', code: 'not-a-timestamp', holds: within('EventTimestamp') },
  ],
  columns: {
    account: 'AWSAccountId',
    instance: `split_part(InstanceARN, '/', 2)`,
    agent_arn: 'AgentARN',
    event_id: 'EventId',
    event_type: 'EventType',
    event_at: '(EventTimestamp)::TIMESTAMP',
    status_arn: 'CurrentAgentSnapshot.AgentStatus.ARN',
    status: 'CurrentAgentSnapshot.AgentStatus.Name',
    status_type: 'CurrentAgentSnapshot.AgentStatus."Type"',
    status_since: '(CurrentAgentSnapshot.AgentStatus.StartTimestamp)::TIMESTAMP',
    next_status: 'CurrentAgentSnapshot.NextAgentStatus.Name',
    previous_status: 'PreviousAgentSnapshot.AgentStatus.Name',
    previous_status_since: '(PreviousAgentSnapshot.AgentStatus.StartTimestamp)::TIMESTAMP',
    routing_profile_arn: 'CurrentAgentSnapshot.Configuration.RoutingProfile.ARN',
    routing_profile: 'CurrentAgentSnapshot.Configuration.RoutingProfile.Name',
    contacts: `[{'contact_id': x.ContactId, 'channel': x.Channel, 'state': x.State} FOR x IN CurrentAgentSnapshot.Contacts]`,
  },
  personal: {
    agent_username: 'CurrentAgentSnapshot.Configuration.Username',
    agent_first_name: 'CurrentAgentSnapshot.Configuration.FirstName',
    agent_last_name: 'CurrentAgentSnapshot.Configuration.LastName',
  },
  instance: 'instance',
  happened: 'event_at',
  identity: 'event_id',
  version: 'event_at',
}
