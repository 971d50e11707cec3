/** Who asks, as the database is told inside the transaction: what row-level security lets through follows from it alone. */
export interface Asker {
  /** Owners whose evidence may be seen; '*' is everything of the agreement. */
  owners: '*' | readonly string[]
  /** Datasets that may be seen; '*' all. */
  datasets: '*' | readonly string[]
  /** Id of the person, for their own rows; '' for nobody. */
  person: string
  /** Rights that open whole tables, such as 'audit', 'people', 'imports'. */
  rights: readonly string[]
  /** A customer's user: asks under the database role with fewer columns. */
  customer: boolean
}

/** The settings that say so to the database. A list is an array literal, so that nobody called `*` is taken for everybody. */
export function settingsOf(asker: Asker, agreement: string): [name: string, value: string][] {
  return [
    ['convenio.agreement', agreement],
    ['convenio.owners', listOf(asker.owners)],
    ['convenio.datasets', listOf(asker.datasets)],
    ['convenio.person', asker.person],
    ['convenio.rights', listOf(asker.rights)],
  ]
}

function listOf(names: '*' | readonly string[]): string {
  if (names === '*') return '*'
  // What no text of the database can be names nothing there; it must not become something else on the way.
  const possible = names.filter((name) => !/[\0\p{Surrogate}]/u.test(name))
  return `{${possible.map((name) => `"${name.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}
