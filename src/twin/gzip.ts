import { gzipSync, Gzip as Packer } from 'fflate'

// In JavaScript, so that the bytes depend on nothing but the input: what Node's own zlib gives may differ between processors.
const HOW = { level: 1, mtime: 0 } as const

/** Packs a stream piece by piece. */
export class Gzip {
  readonly #parts: Uint8Array[] = []
  readonly #packer = new Packer(HOW, (part) => this.#parts.push(part))

  /** Takes the next piece; its bytes may be reused afterwards. */
  push(piece: Uint8Array): void {
    this.#packer.push(piece.slice())
  }

  /** The packed whole. */
  finish(): Buffer {
    this.#packer.push(new Uint8Array(), true)
    return Buffer.concat(this.#parts)
  }
}

/** Packs a whole. */
export function gzipped(bytes: Uint8Array): Buffer {
  return Buffer.from(gzipSync(bytes, HOW))
}
