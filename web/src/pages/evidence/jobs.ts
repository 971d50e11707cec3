import type { Shape } from '@client'
import { useEffect, useState } from 'react'
import { useRead } from '../../frame/index.ts'
import { useWatchedJobs, watchJobs } from './uploads.ts'

/** Jobs that run, and the ended ones that this tab saw running. */
export function useJobs(): Shape<'Job'>[] {
  const watched = useWatchedJobs()
  const [waiting, setWaiting] = useState(false)
  const { data } = useRead('/jobs', { refetchEvery: waiting ? 1000 : undefined })
  const jobs = data?.items ?? []
  const running = jobs.filter(isRunning)
  const unknown = watched.filter((id) => !jobs.some((job) => job.id === id))
  const names = running.map(({ id }) => id).join(' ')
  useEffect(() => setWaiting(running.length + unknown.length > 0), [running.length, unknown.length])
  useEffect(() => {
    if (names !== '') watchJobs(names.split(' '))
  }, [names])
  return jobs.filter((job) => isRunning(job) || watched.includes(job.id))
}

/** Whether a job is not at its end. */
export function isRunning({ state }: Shape<'Job'>): boolean {
  return state === 'running' || state === 'waiting'
}
