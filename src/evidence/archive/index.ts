export type { ArchiveEntry, ArchiveMember } from './contents.ts'
export { isSafeName } from './names.ts'
export { readArchive, unpackArchive } from './read-archive.ts'
export { writeArchive } from './write-archive.ts'
