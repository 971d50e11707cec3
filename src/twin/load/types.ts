import type { IsoDate } from '../../language/index.ts'

/** Threshold of the service level: a contact answered within so many seconds was answered in time. */
export const SERVICE_LEVEL_SECONDS = 20

/** What a stretch of time brought on one channel. All are whole numbers; every second belongs to the contact it was spent on. */
export interface ChannelLoad {
  /** Contacts begun by customers. */
  arrivals: number
  /** Arrivals that ended in the flow, before any queue; those that asked for a callback among them. */
  selfServed: number
  /** Contacts put into a queue: arrivals not self-served, transfers and callbacks; `handled` + `abandoned`. */
  offered: number
  handled: number
  abandoned: number
  /** Handled arrivals passed on to another queue: each makes one more contact, handled too. */
  transferred: number
  /** Calls back, each one more contact, handled too. */
  callbacks: number
  /** Of the handled, those answered within the threshold of the service level. */
  answeredInTime: number
  /** In the flow, of all arrivals. */
  flowSeconds: number
  /** Waiting in queue of those answered in time, of those answered later, and of those who gave up; callbacks apart. */
  promptSeconds: number
  lateSeconds: number
  abandonSeconds: number
  /** Talking (or chatting) and on hold with the agent; callbacks apart. */
  interactionSeconds: number
  holdSeconds: number
  /** Until an agent took the callback, and talking then. */
  callbackWaitSeconds: number
  callbackTalkSeconds: number
  /** The agents' work after the handled contacts, callbacks too. */
  afterContactSeconds: number
  /** Messages of chats, both sides. */
  messages: number
}

/** What one day of the provider's bill (UTC) is charged for. */
export interface Usage {
  /** Contacts begun: arrivals, transfers and callbacks. */
  contacts: number
  /** Voice service: Σ (DisconnectTimestamp − ConnectedToSystemTimestamp) of the voice contacts begun; each lasts at least 10 s. */
  voiceSeconds: number
  /** Phone line, called by customers. */
  telephonyInSeconds: number
  /** Phone line, calls back to customers. */
  telephonyOutSeconds: number
  chatContacts: number
  chatMessages: number
}

/** The part of a local day that lies in one UTC day. */
export interface Stretch extends Usage {
  utcDay: IsoDate
  voice: ChannelLoad
  chat: ChannelLoad
}

/** One deployment's load on one local day. All are whole numbers, and the contacts themselves add up to them exactly. */
export interface DayLoad {
  day: IsoDate
  /** All contacts begun: arrivals, transfers and callbacks. */
  contacts: number
  arrivals: number
  selfServed: number
  offered: number
  handled: number
  abandoned: number
  transferred: number
  callbacks: number
  /** Of the handled, those answered within `SERVICE_LEVEL_SECONDS`. */
  answeredInTime: number
  /** Waiting of the handled; with the agent (interaction, hold, work after) of the handled. */
  answerSeconds: number
  handleSeconds: number
  interactionSeconds: number
  holdSeconds: number
  afterContactSeconds: number
  voiceSeconds: number
  telephonyInSeconds: number
  telephonyOutSeconds: number
  /** `telephonyInSeconds` + `telephonyOutSeconds`. */
  telephonySeconds: number
  chatContacts: number
  chatMessages: number
  /** Agents who logged in, and for how long together. */
  agentsOnline: number
  loginSeconds: number
  /** Arrivals by local hour, 24 numbers. */
  byHour: readonly number[]
  /** The same by UTC day, one or two: the bill goes by UTC, the business by local days. */
  stretches: readonly Stretch[]
}
