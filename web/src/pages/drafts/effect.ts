import type { Shape } from '@client'
import { useEffect, useRef, useState } from 'react'
import { type ServerFault, useDates, useLanguage, useWrite } from '../../frame/index.ts'

/** What a draft would do. */
export type Effect = Shape<'DraftEffect'>

/** The effect of the newest text that was tried; of an older one while the newest is on its way. */
export interface LiveEffect {
  effect: Effect | undefined
  /** Whether `effect` is that of the text as it stands now. */
  isCurrent: boolean
  fault: ServerFault | undefined
  retry: () => void
}

const PAUSE_MS = 500

/** Tries the text after each pause in writing. Answers that a newer text overtook are dropped. */
export function useEffectOf(text: string | undefined): LiveEffect {
  const { write } = useWrite('POST', '/drafts/effect', { keepsReadings: true })
  const { inQuery } = useDates()
  const { language } = useLanguage()
  const [answer, setAnswer] = useState<{ key: string; effect?: Effect; fault?: ServerFault } | undefined>(undefined)
  const [tries, setTries] = useState(0)
  const ask = useRef(write)
  ask.current = write
  const { 'as-of': asOf, 'known-at': knownAt } = inQuery
  const key = JSON.stringify([text, asOf, knownAt, language, tries])
  const first = answer === undefined
  useEffect(() => {
    const [tried, on, known] = JSON.parse(key) as [string | null, string | null, string | null]
    if (tried === null) return
    let isOvertaken = false
    const timer = setTimeout(
      async () => {
        const dates = { ...(on ? { 'as-of': on } : {}), ...(known ? { 'known-at': known } : {}) }
        const result = await ask.current({ query: { ...dates, language }, body: { text: tried } })
        if (isOvertaken) return
        setAnswer((before) =>
          result.ok
            ? { key, effect: result.data }
            : { key, fault: result.fault, ...(before?.effect ? { effect: before.effect } : {}) },
        )
      },
      first ? 0 : PAUSE_MS,
    )
    return () => {
      isOvertaken = true
      clearTimeout(timer)
    }
  }, [key, language, first])
  return {
    effect: answer?.effect,
    isCurrent: answer?.key === key && !answer.fault,
    fault: answer?.key === key ? answer.fault : undefined,
    retry: () => setTries(tries + 1),
  }
}
