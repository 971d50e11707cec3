import { parentPort, workerData } from 'node:worker_threads'
import type { Errand, Report } from './apart.ts'
import { makeWorld } from './make-world.ts'
import { openBeside } from './output.ts'
import { PARTS } from './parts.ts'

// The entry of a thread that writes one part; `apart.ts` starts it and knows what is said here.
const { scenario, asked, out, part: id } = workerData as Errand
const part = PARTS.find((each) => each.id === id)
const port = parentPort
if (part === undefined || port === null) throw new RangeError(`no part ${id} to write on a thread`)

let isStopped = false
port.on('message', () => {
  isStopped = true
})

const output = openBeside(out)
const tell = (report: Omit<Report, 'folders' | 'files' | 'bytes'>): void => {
  const { folders, files, bytes } = output
  port.postMessage({ ...report, folders, files, bytes })
}
try {
  const truth = await part.write(makeWorld(scenario, asked), output, (share) => {
    if (isStopped) throw new Error(`${id} was stopped`)
    tell({ share })
  })
  tell({ share: 1, truth })
} catch (error) {
  // Of some errors only the class would pass to the other thread.
  throw error instanceof Error ? Object.assign(new Error(error.message), { stack: error.stack }) : error
}
port.close()
