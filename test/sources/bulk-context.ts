import { closeSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { constants, gunzipSync } from 'node:zlib'
import { BulkEngine, type KnownSegment } from '../../src/evidence/index.ts'
import type { BulkContext, BulkReading, FoundFile } from '../../src/sources/room.ts'

/** What a test bulk context may be told; everything else has a plain default. */
export interface BulkBench {
  engine: BulkEngine
  /** The test's own folder; removed by `close`. */
  folder: string
  /** Segments that stand; `keep` fills it from a reading. */
  standing: KnownSegment[]
  owners: BulkContext['owners'][number][]
  settings: Map<string, string>
  receivedAt: string
  /** A context with an empty staging folder and an import id of its own. */
  context(): BulkContext
  /** What the ledger does with a reading that was not refused: its segments stand, the replaced ones no longer. */
  keep(reading: BulkReading, context: BulkContext): void
  close(): void
}

/** A bulk context without a ledger: an engine, temporary folders, and a list of standing segments. */
export async function bulkBench(): Promise<BulkBench> {
  const folder = mkdtempSync(join(tmpdir(), 'convenio-bulk-'))
  const engine = await BulkEngine.open({ spill: join(folder, 'spill') })
  let imports = 0
  let segments = 0
  const bench: BulkBench = {
    engine,
    folder,
    standing: [],
    owners: [],
    settings: new Map(),
    receivedAt: '2025-01-31',
    context() {
      imports++
      const staging = join(folder, `staging-${imports}`)
      mkdirSync(staging, { recursive: true })
      return {
        engine,
        staging,
        importId: `import-${imports}`,
        segmentId: () => `segment-${String(++segments).padStart(6, '0')}`,
        known: (dataset, span) =>
          bench.standing.filter(
            (each) => each.dataset === dataset && (!span || (each.from <= span.to && each.to >= span.from)),
          ),
        owners: bench.owners,
        receivedAt: bench.receivedAt,
        progress: () => undefined,
        setting: (name) => bench.settings.get(name),
      }
    },
    keep(reading, context) {
      if (reading.refused.length > 0) return
      const gone = new Set(reading.replaces)
      bench.standing = [
        ...bench.standing.filter((each) => !gone.has(each.id)),
        ...reading.segments.map(({ personal: _personal, ...segment }) => ({ ...segment, import: context.importId })),
      ]
    },
    close() {
      engine.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return bench
}

const HEAD = 64 * 1024

/** A file as the import finds it: its size, whether it is packed, and its first 64 KiB unpacked. */
export function found(path: string, name = basename(path)): FoundFile {
  const bytes = statSync(path).size
  const start = Buffer.alloc(Math.min(bytes, HEAD))
  const handle = openSync(path, 'r')
  readSync(handle, start, 0, start.length, 0)
  closeSync(handle)
  const gzip = start[0] === 0x1f && start[1] === 0x8b
  const head = gzip ? unpackedStart(start) : start
  return { path, name, bytes, gzip, head, text: head.toString('utf8').replace(/^\uFEFF/, '') }
}

function unpackedStart(packed: Buffer): Buffer {
  try {
    return gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, HEAD)
  } catch {
    return Buffer.alloc(0)
  }
}
