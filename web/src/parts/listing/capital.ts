/** A word that begins a cell or a line begins with a capital letter. */
export function capital(text: string): string {
  const first = [...text][0] ?? ''
  return first.toLocaleUpperCase() + text.slice(first.length)
}
