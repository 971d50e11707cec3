import type { Message } from '../../language/index.ts'

/** What goes into an archive: bytes, or a stream of exactly `size` bytes that is opened when its turn comes. */
export type ArchiveEntry =
  | { name: string; bytes: Uint8Array | string }
  | { name: string; size: number; stream: () => AsyncIterable<Uint8Array> }

/** A member as the list at the archive's end has it. */
export interface ArchiveMember {
  name: string
  size: number
  sha256: string
}

/** A member while it is read: its bytes are not proved until the whole archive is. */
export interface MemberStream {
  name: string
  size: number
  stream: AsyncIterable<Buffer>
}

/** All members, or why the archive is refused; then nothing that was read from it may be used. */
export type ArchiveReading = { members: ArchiveMember[]; refused?: never } | { refused: Message }

/** The list of members and their hashes, the archive's last member: without it an archive is not whole. */
export const CONTENTS = 'contents.json'

/** The text of the list. */
export function contentsText(members: readonly ArchiveMember[]): string {
  return `${JSON.stringify({ format: 'convenio-archive', version: 1, members })}\n`
}

/** The list of a text; the version when it is one of a later Convenio, undefined for anything else. */
export function readContents(text: string): ArchiveMember[] | { version: number } | undefined {
  try {
    const found = JSON.parse(text) as { format?: unknown; version?: unknown; members?: unknown }
    if (found.format !== 'convenio-archive' || !Array.isArray(found.members)) return undefined
    return found.version === 1 ? (found.members as ArchiveMember[]) : { version: Number(found.version) }
  } catch {
    return undefined
  }
}
