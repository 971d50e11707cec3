/** Control and direction characters could hide what the bytes say; they are shown by their numbers. */
export function shown(raw: string): string {
  return raw.replace(/[\p{Cc}\p{Cf}]/gu, (sign) =>
    sign === '\n' || sign === '\t' ? sign : `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`,
  )
}
