/** The one-time link stands behind the hash, so that it is never sent with an address and stands in no log. */
export function linkInAddress(): string {
  const text = location.hash.slice(1)
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
