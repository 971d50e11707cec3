import { Link, useWords } from '../../frame/index.ts'
import { isRunning, useJobs } from './jobs.ts'
import { shareOf } from './measures.ts'
import { useUploads } from './uploads.ts'
import './evidence.css'

/** Says on every page that something is being imported, and leads to it. Nothing when nothing is. */
export default function ActivitySign() {
  const say = useWords()
  const sending = useUploads().filter(({ state }) => state === 'sending')
  const running = useJobs().filter(isRunning)
  if (sending.length + running.length === 0) return null
  const sum = (parts: readonly number[]) => parts.reduce((all, part) => all + part, 0)
  const done = sum([...sending.map(({ sent }) => sent / 2), ...running.map(({ progress }) => progress.bytes)])
  const total = sum([...sending.map(({ bytes }) => bytes), ...running.map(({ progress }) => progress.bytesTotal)])
  return (
    <Link to="/evidence/imports" className="activity-sign">
      <span className="cv-spinner" aria-hidden="true" />
      {say('evidence.importing', { share: shareOf(done, total) })}
    </Link>
  )
}
