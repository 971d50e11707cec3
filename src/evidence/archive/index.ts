export type { ArchiveEntry, ArchiveMember } from './contents.ts'
export { readArchive, unpackArchive } from './read-archive.ts'
export { writeArchive } from './write-archive.ts'
