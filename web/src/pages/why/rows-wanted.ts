/** Which rows of a file a fact names: these, or so many that it does not name them one by one. */
export type RowsWanted = { named: ReadonlySet<string> } | { several: number }

/** Reads the rows of a node: `4`, `8, 11`, or `(30)` for a fact derived from thirty. */
export function rowsWanted(row: string | undefined): RowsWanted | undefined {
  if (row === undefined || row.trim() === '') return undefined
  const several = /^\((\d+)\)$/.exec(row.trim())
  if (several) return { several: Number(several[1]) }
  return { named: new Set(row.split(',').map((each) => each.trim())) }
}

/** Whether a row is among those wanted. */
export function isWanted(row: string, wanted: RowsWanted | undefined): boolean {
  return wanted === undefined || 'several' in wanted || wanted.named.has(row)
}
