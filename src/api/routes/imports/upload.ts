import { createWriteStream, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FastifyRequest } from 'fastify'
import { isSafeName } from '../../../evidence/archive/index.ts'
import { Refused } from '../../refused.ts'

/** What was received: how many files and bytes, below one folder. */
export interface Received {
  names: string[]
  bytes: number
}

/** Writes the files of a request below a folder as they come; nothing of them is held in memory. Leaves nothing when it fails. */
export async function receive(request: FastifyRequest, folder: string): Promise<Received> {
  if (!request.isMultipart()) throw new Refused(415, 'bad-media')
  const received: Received = { names: [], bytes: 0 }
  const taken = new Set<string>()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  try {
    for await (const part of request.parts({ preservePath: true })) {
      if (part.type !== 'file') continue
      const name = (part.filename ?? '').replaceAll('\\', '/').replace(/^\/+/, '').normalize('NFC')
      // Two names that some disk takes for one would be one file in a copy of this folder.
      if (!isSafeName(name) || taken.has(name.toLowerCase())) {
        part.file.resume()
        throw new Refused(400, 'bad-file-name', { params: { name: name.slice(0, 200) } })
      }
      const place = join(folder, ...name.split('/'))
      mkdirSync(dirname(place), { recursive: true })
      const file = createWriteStream(place, { mode: 0o600, flags: 'wx' })
      await pipeline(part.file, file)
      taken.add(name.toLowerCase())
      received.names.push(name)
      received.bytes += file.bytesWritten
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    if (error instanceof Refused) throw error
    const { code, statusCode } = error as { code?: string; statusCode?: number }
    if (code === 'ENOSPC' || code === 'EDQUOT') throw error
    if (statusCode === 413) throw new Refused(413, 'too-large')
    throw new Refused(400, 'upload-broken')
  }
  if (received.names.length > 0) return received
  rmSync(folder, { recursive: true, force: true })
  throw new Refused(400, 'no-files')
}
