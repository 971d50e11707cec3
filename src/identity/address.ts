import { isIP } from 'node:net'

/**
 * An address without what tells one household from the next: the first three bytes of IPv4, the first 48 bits of IPv6. Enough for
 * somebody to recognise where they signed in.
 */
export function shortAddress(address: string): string {
  const plain = address
    .toLowerCase()
    .replace(/^::ffff:(?=\d+\.)/, '')
    .replace(/%.*$/, '')
  if (isIP(plain) === 4) return `${plain.split('.').slice(0, 3).join('.')}.0`
  if (isIP(plain) !== 6) return 'unknown'
  const [head = '', tail] = plain.split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const gap = tail === undefined ? [] : Array.from({ length: 8 - groups.length - rest.length }, () => '0')
  return `${[...groups, ...gap, ...rest]
    .slice(0, 3)
    .map((each) => Number.parseInt(each, 16).toString(16))
    .join(':')}::`
}

/** What a browser says of itself, cut to its name, main version and system. */
export function shortAgent(agent: string): string {
  const browser = /\b(Edg|OPR|Firefox|Chrome|Version|curl|node)\/(\d+)/.exec(agent)
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', Version: 'Safari' }
  const system = /\b(Windows|Android|iPhone|iPad|Mac OS X|Linux)\b/.exec(agent)?.[1]
  const name = browser ? `${names[browser[1] as string] ?? browser[1]} ${browser[2]}` : undefined
  return [name, system].filter((each) => each !== undefined).join(', ') || 'unknown'
}
