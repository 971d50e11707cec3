const WORK_MS = 12

let begun = performance.now()

/**
 * Lets whatever else waits in this process have its turn, when nobody had one for a while. What runs in the process itself, such as
 * PGlite, comes back without ever letting go, and a server that imports would answer nobody.
 */
export async function breathe(): Promise<void> {
  if (performance.now() - begun < WORK_MS) return
  await new Promise((resolve) => setImmediate(resolve))
  begun = performance.now()
}
