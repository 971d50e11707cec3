/** A file with the name under which it is sent: its path below the folder that was chosen. */
export interface NamedFile {
  name: string
  file: File
}

/** Files that operating systems leave in folders; nobody means to import them. */
const LEFT_BY_SYSTEMS = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini'])

/** Whether something dragged over the page holds files. */
export function holdsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false
}

/** All files of a drop, those inside of folders too. */
export async function droppedFiles(transfer: DataTransfer): Promise<NamedFile[]> {
  // The browser empties the transfer as soon as the handler returns, so entries are taken before anything is awaited.
  const plain = [...transfer.files]
  const entries = [...transfer.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null
    return entry === null ? [] : [entry]
  })
  if (entries.length === 0) return kept(plain.map((file) => ({ name: file.name, file })))
  const found = await Promise.all(entries.map(filesOf))
  return kept(found.flat())
}

/** The files of a file field; of a folder with their paths below it. */
export function chosenFiles(files: Iterable<File>): NamedFile[] {
  return kept([...files].map((file) => ({ name: file.webkitRelativePath || file.name, file })))
}

/** Files chosen twice count once, the later one. */
export function joinFiles(before: readonly NamedFile[], more: readonly NamedFile[]): NamedFile[] {
  const byName = new Map([...before, ...more].map((each) => [each.name, each]))
  return [...byName.values()]
}

/** How large they are together. */
export function bytesOf(files: readonly NamedFile[]): number {
  return files.reduce((sum, { file }) => sum + file.size, 0)
}

function kept(files: NamedFile[]): NamedFile[] {
  return files
    .filter(({ file }) => !LEFT_BY_SYSTEMS.has(file.name))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

async function filesOf(entry: FileSystemEntry): Promise<NamedFile[]> {
  const name = entry.fullPath.replace(/^\/+/, '')
  if (entry.isFile) {
    const file = await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail))
    return [{ name, file }]
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const inside: FileSystemEntry[] = []
  // A reader gives a folder in parts of at most a hundred, and an empty part at its end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail))
    if (part.length === 0) break
    inside.push(...part)
  }
  return (await Promise.all(inside.map(filesOf))).flat()
}
