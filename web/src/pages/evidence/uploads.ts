import type { Shape } from '@client'
import { useSyncExternalStore } from 'react'
import { writeHeaders } from '../../frame/client.ts'
import { bytesOf, type NamedFile } from './dropped-files.ts'

/** What a person asked to import. */
export interface UploadRequest {
  files: readonly NamedFile[]
  source: string | undefined
  receivedAt: string | undefined
  dryRun: boolean
}

/** Files on their way to the server; afterwards the job that reads them. */
export interface Upload {
  id: string
  request: UploadRequest
  bytes: number
  sent: number
  state: 'sending' | 'accepted' | 'failed'
  job: string | null
  fault: Shape<'Problem'> | 'network' | null
}

// The uploads live outside of every page, so that walking to another page ends none.
let uploads: readonly Upload[] = []
let watched: readonly string[] = []
let asked: readonly NamedFile[] | null = null
const listeners = new Set<() => void>()
const requests = new Map<string, XMLHttpRequest>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell(): void {
  for (const listener of listeners) listener()
}

/** Uploads of this tab that somebody has not put away yet. */
export function useUploads(): readonly Upload[] {
  return useSyncExternalStore(subscribe, () => uploads)
}

/** Jobs whose outcome this tab shows until somebody puts it away. */
export function useWatchedJobs(): readonly string[] {
  return useSyncExternalStore(subscribe, () => watched)
}

/** Files that wait in the import form; null when the form is closed. */
export function useAskedFiles(): readonly NamedFile[] | null {
  return useSyncExternalStore(subscribe, () => asked)
}

/** Opens the import form with these files, or closes it. */
export function askFor(files: readonly NamedFile[] | null): void {
  asked = files
  tell()
}

/** Keeps the outcome of a job in view. */
export function watchJobs(ids: readonly string[]): void {
  const more = ids.filter((id) => !watched.includes(id))
  if (more.length === 0) return
  watched = [...watched, ...more]
  tell()
}

/** Puts a job's outcome away. */
export function putAway(job: string): void {
  watched = watched.filter((id) => id !== job)
  uploads = uploads.filter((upload) => upload.job !== job)
  tell()
}

/** Sends files; what becomes of them is told by `useUploads`. */
export function startUpload(request: UploadRequest, id = writeHeaders()['idempotency-key'] ?? ''): void {
  const upload: Upload = {
    id,
    request,
    bytes: bytesOf(request.files),
    sent: 0,
    state: 'sending',
    job: null,
    fault: null,
  }
  uploads = [upload, ...uploads.filter((each) => each.id !== id)]
  tell()
  guardLeaving()
  send(upload)
}

/** Ends an upload under way, or puts a failed one away. */
export function dropUpload(id: string): void {
  requests.get(id)?.abort()
  requests.delete(id)
  uploads = uploads.filter((upload) => upload.id !== id)
  tell()
  guardLeaving()
}

function change(id: string, to: Partial<Upload>): void {
  uploads = uploads.map((upload) => (upload.id === id ? { ...upload, ...to } : upload))
  tell()
  guardLeaving()
}

function send({ id, request }: Upload): void {
  const xhr = new XMLHttpRequest()
  requests.set(id, xhr)
  // Only XMLHttpRequest tells how far an upload has come.
  xhr.upload.addEventListener('progress', ({ loaded }) => change(id, { sent: loaded }))
  xhr.addEventListener('load', () => {
    requests.delete(id)
    const answer = answerOf(xhr)
    if (xhr.status === 202 && isJob(answer)) {
      watchJobs([answer.id])
      change(id, { state: 'accepted', job: answer.id })
    } else change(id, { state: 'failed', fault: isProblem(answer) ? answer : 'network' })
  })
  xhr.addEventListener('error', () => {
    requests.delete(id)
    change(id, { state: 'failed', fault: 'network' })
  })
  xhr.open('POST', addressOf(request))
  // The same key again after a broken connection: what has arrived once is not imported twice.
  const headers = { ...writeHeaders(), 'idempotency-key': id, accept: 'application/json, application/problem+json' }
  for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value)
  const body = new FormData()
  for (const { name, file } of request.files) body.append('files', file, name)
  xhr.send(body)
}

function addressOf({ source, receivedAt, dryRun }: UploadRequest): string {
  const query = new URLSearchParams()
  if (source !== undefined) query.set('source', source)
  if (receivedAt !== undefined) query.set('received-at', receivedAt)
  if (dryRun) query.set('dry-run', 'yes')
  const text = query.toString()
  return `/api/v1/imports${text === '' ? '' : `?${text}`}`
}

function answerOf(xhr: XMLHttpRequest): unknown {
  try {
    return JSON.parse(xhr.responseText)
  } catch {
    return null
  }
}

function isJob(answer: unknown): answer is Shape<'Job'> {
  return typeof answer === 'object' && answer !== null && 'id' in answer && 'progress' in answer
}

function isProblem(answer: unknown): answer is Shape<'Problem'> {
  return typeof answer === 'object' && answer !== null && 'title' in answer && 'status' in answer
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

/** Closing the tab would end what is being sent, so the browser asks first; only while something is sent. */
function guardLeaving(): void {
  if (uploads.some(({ state }) => state === 'sending')) addEventListener('beforeunload', warn)
  else removeEventListener('beforeunload', warn)
}
