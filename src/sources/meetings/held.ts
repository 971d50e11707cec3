import type { EvidenceFact } from '../../evidence/index.ts'
import { derivedFrom } from '../derived.ts'
import { wholeTimes } from '../whole-months.ts'

/**
 * SME-1, SME-3, SME-4, SME-7, SME-8: the meetings of a calendar where no minutes say better, as the newest telling of a series has
 * them; the times of which a calendar holds everything; and of each action its newest state.
 */
export function derive(facts: readonly EvidenceFact[]): EvidenceFact[] {
  const of = (dataset: string): EvidenceFact[] => facts.filter((fact) => fact.dataset === dataset)
  const minuted = of('meetings')
  const announced = announcedBy(of('calendar-events'), minuted)
  return [
    ...announced,
    ...wholeTimes(of('calendar-lists'), [...minuted, ...announced], 'meeting'),
    ...newestOf(of('action-notes')).map((fact) => derivedFrom([fact], { ...fact, dataset: 'actions' })),
  ]
}

function announcedBy(events: readonly EvidenceFact[], minutes: readonly EvidenceFact[]): EvidenceFact[] {
  const tellings = new Map<string, string>()
  for (const { values } of events) {
    const [uid, telling] = [String(values.uid), String(values.series ?? '')]
    if (telling > (tellings.get(uid) ?? '')) tellings.set(uid, telling)
  }
  const minuted = new Set(minutes.filter(({ values }) => values.held !== undefined).flatMap(namesOf))
  return events
    .filter(({ values }) => values.series === undefined || values.series === tellings.get(String(values.uid)))
    .filter((fact) => !namesOf(fact).some((name) => minuted.has(name)))
    .map((fact) => {
      const { from, to, values } = fact
      const { meeting = '', status, invited } = values
      const kept = {
        meeting,
        ...(status === undefined ? {} : { status }),
        ...(invited === undefined ? {} : { invited }),
      }
      return derivedFrom([fact], { dataset: 'meetings', from, to, values: kept })
    })
}

/** Under which names minutes and event find each other: the event's id at the moment or on the day, else the meeting on the day. */
function namesOf({ from, values }: EvidenceFact): string[] {
  const named = `${String(values.meeting).toLowerCase()} on ${from}`
  if (values.uid === undefined) return [named]
  return [
    `${values.uid} on ${from}`,
    named,
    ...(values.start === undefined ? [] : [`${values.uid} at ${values.start}`]),
  ]
}

function newestOf(notes: readonly EvidenceFact[]): EvidenceFact[] {
  const newest = new Map<unknown, EvidenceFact>()
  for (const fact of notes) {
    const before = newest.get(fact.values.action)
    const isSame = before?.values.status === fact.values.status
    const isNewer = !before || (isSame ? fact.to > before.to : fact.values.status === 'done')
    if (isNewer) newest.set(fact.values.action, fact)
  }
  return [...newest.values()]
}
