/** A text that is not saved yet, and the version of the draft it was written upon. */
export interface KeptText {
  title: string
  text: string
  version: number
}

const nameOf = (id: string) => `convenio-draft-${id}`

/** Unsaved texts in the browser's tab, so that a reload or a lost session loses nothing. */
export const keptText = {
  read(id: string): KeptText | undefined {
    try {
      const kept: unknown = JSON.parse(sessionStorage.getItem(nameOf(id)) ?? 'null')
      return isKept(kept) ? kept : undefined
    } catch {
      return undefined
    }
  },
  /** False when the browser has no room or forbids it; the page then warns before it is left. */
  keep(id: string, kept: KeptText): boolean {
    try {
      sessionStorage.setItem(nameOf(id), JSON.stringify(kept))
      return true
    } catch {
      return false
    }
  },
  forget(id: string): void {
    try {
      sessionStorage.removeItem(nameOf(id))
    } catch {
      // Where storage is forbidden nothing was kept either.
    }
  },
}

function isKept(value: unknown): value is KeptText {
  if (typeof value !== 'object' || value === null) return false
  const { title, text, version } = value as Record<string, unknown>
  return typeof title === 'string' && typeof text === 'string' && typeof version === 'number'
}
