import { readData } from '../language/data.ts'
import { absent, during, known, lazy, notCovered, type Sources, sourceOf } from './dated.ts'
import { findService } from './services.ts'
import type { CreditBand, DateText, DecimalText, Fact, Facts, Service, UpstreamServiceLevel } from './types.ts'

type Band = readonly [below: DecimalText, atLeast: DecimalText, credit: DecimalText]

interface LevelEntry extends Omit<UpstreamServiceLevel, 'window' | 'variants' | 'target'> {
  source: string
  variants: readonly { target: DecimalText; when?: string; bands?: readonly Band[]; ladder?: string }[]
}

interface LevelData {
  sources: Sources
  none: readonly string[]
  ladders: Record<string, readonly Band[]>
  levels: readonly LevelEntry[]
}

const data = lazy(() => readData(new URL('./data/service-levels.yaml', import.meta.url)) as LevelData)

function toLevel({ source: _source, variants, ...entry }: LevelEntry): UpstreamServiceLevel {
  const all = variants.map(({ target, when, bands, ladder }) => {
    const rows = bands ?? data().ladders[ladder ?? ''] ?? []
    const credits = rows.map(([below, atLeast, credit]): CreditBand => ({ below, atLeast, credit }))
    return { target, ...(when === undefined ? {} : { when }), credits }
  })
  return { ...entry, window: 'billing-month', target: all[0]?.target ?? '0', variants: all }
}

/** A part without a level of its own has its whole's: the Voice Connector is under the Chime SDK's agreement. */
function levelOf(service: Service | undefined): LevelEntry | undefined {
  if (service === undefined) return undefined
  const own = data().levels.find((level) => level.service === service.id)
  return own ?? (service.partOf === undefined ? undefined : levelOf(findService(service.partOf)))
}

function upstreamServiceLevel(service: string, asOf: DateText): Fact<UpstreamServiceLevel> {
  const found = findService(service)
  if (found !== undefined && data().none.includes(found.id)) {
    const source = sourceOf(data().sources, found.provider === 'aws' ? 'aws' : 'others')
    return during(source, asOf, () => absent(source, 'the provider promises no availability for it'))
  }
  const level = levelOf(found)
  if (level === undefined) return notCovered()
  const source = sourceOf(data().sources, level.source)
  return during(source, asOf, () => known(toLevel(level), source))
}

export const serviceLevelFacts: Pick<Facts, 'upstreamServiceLevel'> = { upstreamServiceLevel }
