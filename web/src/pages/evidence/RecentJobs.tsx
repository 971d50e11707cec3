import { useRead, useWords } from '../../frame/index.ts'
import { JobOutcome } from './JobOutcome.tsx'

/** What the imports of this server came to since it started, whoever began them. */
export function RecentJobs() {
  const say = useWords()
  const { data } = useRead('/jobs')
  const ended = (data?.items ?? []).flatMap((job) =>
    job.state === 'done' && job.result ? [{ job, result: job.result }] : [],
  )
  if (ended.length === 0) return null
  return (
    <details className="folded">
      <summary>{say('evidence.recent-jobs', { count: ended.length })}</summary>
      <div className="activity">
        {ended.map(({ job, result }) => (
          <JobOutcome key={job.id} job={job} result={result} />
        ))}
      </div>
    </details>
  )
}
