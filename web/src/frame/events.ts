import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { tellConnection } from './client.ts'
import { readAgain } from './reading.ts'

/** What the server tells without being asked. */
type ServerEvent = 'standing' | 'job'

type Hear = (data: unknown) => void

const hearers: Record<ServerEvent, Set<Hear>> = { standing: new Set(), job: new Set() }
const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 30_000

/** Listens to the server for as long as somebody is signed in, and begins again when the connection breaks. */
export function useLiveUpdates(): void {
  const queries = useQueryClient()
  useEffect(() => {
    const heard = hear('standing', () => readAgain(queries))
    const job = hear('job', () => {
      readAgain(queries, '/jobs')
      readAgain(queries, '/jobs/{id}')
    })
    const stop = listen(() => readAgain(queries))
    return () => {
      heard()
      job()
      stop()
    }
  }, [queries])
}

function hear(event: ServerEvent, callback: Hear): () => void {
  hearers[event].add(callback)
  return () => void hearers[event].delete(callback)
}

/** The browser's own reconnection gives up after a refusal, so a broken stream is opened anew, later each time. */
function listen(onReturn: () => void): () => void {
  let source: EventSource | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let wait = FIRST_WAIT_MS
  let wasLost = false
  const open = () => {
    source = new EventSource('/api/v1/events')
    source.onopen = () => {
      wait = FIRST_WAIT_MS
      tellConnection(false)
      if (wasLost) onReturn()
      wasLost = false
    }
    source.onerror = () => {
      source?.close()
      if (wasLost) tellConnection(true)
      wasLost = true
      timer = setTimeout(open, wait)
      wait = Math.min(wait * 2, LONGEST_WAIT_MS)
    }
    for (const event of Object.keys(hearers) as ServerEvent[]) {
      source.addEventListener(event, (message) => tell(event, message.data))
    }
  }
  open()
  return () => {
    clearTimeout(timer)
    source?.close()
  }
}

function tell(event: ServerEvent, text: unknown): void {
  let data: unknown = null
  try {
    data = JSON.parse(String(text))
  } catch {
    // An event without data is still an event.
  }
  for (const callback of hearers[event]) callback(data)
}
