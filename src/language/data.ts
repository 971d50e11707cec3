import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'

/**
 * Reads a data file that ships beside the code (`new URL('./x.yaml', import.meta.url)`).
 * The build writes each YAML file as JSON beside it, because parsing YAML would cost more than all other work at start.
 * Throws when the file is missing or broken: that is a fault of the package, never of a user's input.
 */
export function readData(url: URL): unknown {
  const built = new URL(url.href.replace(/\.yaml$/, '.json'))
  if (built.href !== url.href && existsSync(built)) return JSON.parse(readFileSync(built, 'utf8'))
  return parse(readFileSync(url, 'utf8'))
}

/** Reads a text file that ships beside the code, such as SQL. Throws when it is missing: a fault of the package. */
export function readText(url: URL): string {
  return readFileSync(url, 'utf8')
}
