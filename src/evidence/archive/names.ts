// Windows cannot create these, and writes to a device instead.
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
const LONGEST = 1000

/** Whether a member's name stays inside the folder it is unpacked to, on every system. */
export function isSafeName(name: string): boolean {
  if (name === '' || name.length > LONGEST || /[\\:*?"<>|]/.test(name) || hasControl(name)) return false
  return name.split('/').every((part) => part !== '' && !/^\.\.?$|[. ]$/.test(part) && !DEVICES.test(part))
}

/** Names that some disk would take for the same. */
export function foldName(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function hasControl(text: string): boolean {
  return /[\p{Cc}\p{Surrogate}]/u.test(text)
}
