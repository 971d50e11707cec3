import type { Shape } from '@client'
import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import ProgressBar from '@cloudscape-design/components/progress-bar'
import { useFormat, useWords } from '../../frame/index.ts'
import { JobOutcome } from './JobOutcome.tsx'
import { isRunning, useJobs } from './jobs.ts'
import { shareOf } from './measures.ts'
import { dropUpload, putAway, startUpload, type Upload, useUploads } from './uploads.ts'

/** Imports under way and what those of this tab came to. Nothing when there are none. */
export function Activity() {
  const say = useWords()
  const jobs = useJobs()
  // An upload whose job the server has not told of yet is still seen.
  const uploads = useUploads().filter(({ state, job }) => state !== 'accepted' || !jobs.some(({ id }) => id === job))
  if (uploads.length === 0 && jobs.length === 0) return null
  const title = say(uploads.length > 0 || jobs.some(isRunning) ? 'evidence.activity' : 'evidence.outcomes')
  return (
    <section className="cv-section" aria-label={title}>
      <h2>{title}</h2>
      <div className="activity">
        {uploads.map((upload) =>
          upload.state === 'failed' ? (
            <FailedUpload key={upload.id} upload={upload} />
          ) : (
            <Sending key={upload.id} upload={upload} />
          ),
        )}
        {jobs.map((job) => (
          <JobLine key={job.id} job={job} />
        ))}
      </div>
    </section>
  )
}

function Sending({ upload }: { upload: Upload }) {
  const say = useWords()
  const { bytes } = useFormat()
  const { files, dryRun } = upload.request
  const sent = upload.state === 'accepted' ? upload.bytes : Math.min(upload.sent, upload.bytes)
  const far =
    sent >= upload.bytes
      ? say('evidence.sent')
      : say('evidence.sent-of', { sent: bytes(sent), total: bytes(upload.bytes) })
  return (
    <div className="sending">
      <ProgressBar
        value={shareOf(sent, upload.bytes)}
        label={say(dryRun ? 'evidence.sending-try' : 'evidence.sending', { count: files.length })}
        additionalInfo={far}
      />
      <button type="button" className="cv-button" onClick={() => dropUpload(upload.id)}>
        {say(upload.state === 'sending' ? 'evidence.stop-sending' : 'evidence.put-away')}
      </button>
    </div>
  )
}

function FailedUpload({ upload }: { upload: Upload }) {
  const say = useWords()
  const { id, request, fault } = upload
  const known = fault !== null && fault !== 'network' ? fault : undefined
  return (
    <Alert
      type="error"
      header={known?.title ?? say('evidence.not-sent')}
      dismissible
      dismissAriaLabel={say('evidence.put-away')}
      onDismiss={() => dropUpload(id)}
      action={<Button onClick={() => startUpload(request, id)}>{say('evidence.send-again')}</Button>}
    >
      {known?.detail ?? say('evidence.not-sent-help', { count: request.files.length })}
      {known?.errors !== undefined && (
        <ul className="plain-list">
          {known.errors.map(({ place, message }) => (
            <li key={`${place} ${message}`}>
              {place !== '' && <code>{place}</code>} {message}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  )
}

function JobLine({ job }: { job: Shape<'Job'> }) {
  const say = useWords()
  const { number, bytes } = useFormat()
  const { progress } = job
  if (job.state === 'done' && job.result !== null)
    return <JobOutcome job={job} result={job.result} onDismiss={() => putAway(job.id)} />
  if (job.state === 'failed')
    return (
      <Alert
        type="error"
        header={say('evidence.job-failed', { label: job.label })}
        dismissible
        dismissAriaLabel={say('evidence.put-away')}
        onDismiss={() => putAway(job.id)}
      >
        {job.fault}
      </Alert>
    )
  return (
    <ProgressBar
      value={shareOf(progress.bytes, progress.bytesTotal)}
      label={say('evidence.job-running', { label: job.label })}
      description={progress.source ?? say('evidence.job-waiting')}
      additionalInfo={say('evidence.job-progress', {
        rows: number(progress.rows),
        done: bytes(progress.bytes),
        total: bytes(progress.bytesTotal),
      })}
    />
  )
}
