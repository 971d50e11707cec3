const pad = (value: number): string => String(value).padStart(2, '0')
const minutes = Array.from({ length: 1440 }, (_, at) => `T${pad(Math.floor(at / 60))}:${pad(at % 60)}:`)
const seconds = Array.from({ length: 60 }, (_, at) => `${pad(at)}Z`)
let knownDay = Number.NaN
let knownDate = ''
let knownFolder = ''
let knownDigits = ''

function know(day: number): void {
  knownDay = day
  knownDate = new Date(day * 86_400_000).toISOString().slice(0, 10)
  knownFolder = knownDate.replaceAll('-', '/')
  knownDigits = knownDate.replaceAll('-', '')
}

/** UTC time to the second of seconds since 1970. Records hold a dozen each, so the pieces are kept. */
export function timestamp(at: number): string {
  const day = Math.floor(at / 86_400)
  if (day !== knownDay) know(day)
  const rest = at - day * 86_400
  const minute = Math.floor(rest / 60)
  return `${knownDate}${minutes[minute]}${seconds[rest - minute * 60]}`
}

/** Folder and name of a recording that began then: `2025/01/15/<id>_20250115T13:04_UTC.wav`. */
export function recordingName(at: number, id: string): string {
  const day = Math.floor(at / 86_400)
  if (day !== knownDay) know(day)
  const minute = minutes[Math.floor((at - day * 86_400) / 60)] ?? ''
  return `${knownFolder}/${id}_${knownDigits}${minute.slice(0, 6)}_UTC.wav`
}
