import type { Problem } from '../../language/index.ts'
import type { BulkContext, BulkReading, Delivery } from '../room.ts'
import type { BillDetail } from './deliveries.ts'
import { clearStaged, settle } from './settle.ts'
import { type StagedFile, stageFile } from './stage.ts'

/** Reads a delivery: every file is verified and made into canonical rows; then each payer's month is settled with what stands. */
export async function readBill(delivery: Delivery, context: BulkContext): Promise<BulkReading> {
  const detail = delivery.detail as BillDetail
  if (detail.refused.length > 0) return refusedReading(detail.refused)
  const { manifest } = detail
  const staged: StagedFile[] = []
  const refused: Problem[] = []
  let [bytes, rows] = [0, 0]
  for (const [number, file] of delivery.files.entries()) {
    const progress = (more: number, seen: number): void => context.progress(bytes + more, rows + seen)
    const result = await stageFile(file, { context, number, progress, deliveredAt: manifest?.createdAt ?? '' })
    if ('refused' in result) refused.push(...result.refused)
    else {
      staged.push(result.staged)
      rows += result.staged.read
    }
    bytes += file.bytes
  }
  if (refused.length > 0) return refusedReading(refused)
  const reading = emptyReading()
  for (const { file, sha256, bytes, read, rejects, oddities } of staged) {
    reading.files.push({
      file,
      sha256,
      bytes,
      tally: { read, kept: 0, duplicate: 0, superseded: 0, rejected: rejects.length },
    })
    reading.rejects.push(...rejects)
    reading.quirks.push(...oddities.map(({ code, field, count }) => ({ file, code, field, count })))
  }
  const manner = {
    layout: detail.layout,
    isProForma: manifest?.isProForma ?? false,
    deliveredAt: manifest?.createdAt,
    label: delivery.label,
  }
  await settle(staged, manner, context, reading)
  clearStaged(staged)
  return reading
}

function emptyReading(): BulkReading {
  return { files: [], segments: [], dead: [], replaces: [], rejects: [], quirks: [], refused: [], notes: [] }
}

function refusedReading(refused: Problem[]): BulkReading {
  return { ...emptyReading(), refused }
}
