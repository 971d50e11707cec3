/** The lines of one event of a calendar, or of what is left of one. */
export interface Block {
  /** 1-based line on which it begins. */
  line: number
  lines: string[]
  /** Why it is no event. */
  broken?: 'unclosed-event' | 'unopened-event' | 'unclosed-calendar'
}

/** A calendar's events, and the lines that belong to the calendar itself. */
export interface Blocks {
  events: Block[]
  header: string[]
}

const BEGIN = /^BEGIN:\s*([A-Z-]+)\s*$/i
const END = /^END:\s*([A-Z-]+)\s*$/i
// What only an event has: outside of one it tells of an event whose beginning is lost.
const ONLY_IN_EVENTS = /^(?:DTSTART|DTEND|RRULE|SUMMARY|ATTENDEE|SEQUENCE)[;:]/i
// Anything else that begins is an event whose name was damaged.
const NO_EVENT = /^(?:VTODO|VJOURNAL|VFREEBUSY|VTIMEZONE|VALARM|VAVAILABILITY|VCALENDAR|X-.*)$/

/**
 * Cuts a calendar into its events without understanding them, so that a broken one costs no other. Lines stay as they are, folded ones
 * too. Undefined when no calendar begins.
 */
export function blocksOf(text: string): Blocks | undefined {
  const lines = text.split(/\r\n|\n|\r/)
  const begin = lines.findIndex((line) => line.trim() !== '')
  if (begin < 0 || BEGIN.exec(lines[begin] ?? '')?.[1]?.toUpperCase() !== 'VCALENDAR') return undefined
  const found = new Cutting()
  for (let at = begin + 1; at < lines.length; at += 1) found.take(lines[at] ?? '', at + 1)
  found.finish(lines.length)
  return { events: found.events, header: found.header }
}

class Cutting {
  readonly events: Block[] = []
  readonly header: string[] = []
  private event: Block | undefined
  private stray: Block | undefined
  /** A component of the calendar that is no event, such as a time zone. */
  private other: string | undefined
  private ended = false

  take(line: string, number: number): void {
    const [begins, ends] = [nameIn(BEGIN, line), nameIn(END, line)]
    this.ended ||= ends === 'VCALENDAR'
    if (begins === 'VEVENT') this.open(line, number)
    else if (this.event) this.inside(line, ends)
    else if (this.other !== undefined) {
      if (ends === this.other || ends === 'VCALENDAR') this.other = undefined
    } else if (begins !== undefined && NO_EVENT.test(begins) && !this.stray) {
      if (begins !== 'VCALENDAR') this.other = begins
    } else this.outside(line, number, begins, ends)
  }

  finish(number: number): void {
    const isTold = this.event !== undefined || this.stray !== undefined
    this.close('unclosed-event')
    if (this.stray) this.events.push(this.stray)
    if (!this.ended && !isTold) this.events.push({ line: number, lines: [], broken: 'unclosed-calendar' })
    this.events.sort((a, b) => a.line - b.line)
  }

  private open(line: string, number: number): void {
    this.close('unclosed-event')
    if (this.stray) this.events.push(this.stray)
    this.stray = undefined
    this.other = undefined
    this.event = { line: number, lines: [line] }
  }

  private inside(line: string, ends: string | undefined): void {
    if (ends === 'VCALENDAR') {
      this.close('unclosed-event')
      return
    }
    if (line !== '') this.event?.lines.push(line)
    if (ends === 'VEVENT') this.close()
  }

  private outside(line: string, number: number, begins: string | undefined, ends: string | undefined): void {
    if (!this.stray && begins === undefined && ends !== 'VEVENT' && !ONLY_IN_EVENTS.test(line)) {
      this.header.push(line)
      return
    }
    if (line.trim() === '' || ends === 'VCALENDAR') return
    this.stray ??= { line: number, lines: [], broken: 'unopened-event' }
    this.stray.lines.push(line)
    if (ends !== 'VEVENT') return
    this.events.push(this.stray)
    this.stray = undefined
  }

  private close(broken?: Block['broken']): void {
    if (this.event) this.events.push(broken ? { ...this.event, broken } : this.event)
    this.event = undefined
  }
}

function nameIn(pattern: RegExp, line: string): string | undefined {
  return pattern.exec(line)?.[1]?.toUpperCase()
}

/** The value of a property of the calendar itself. */
export function headerValue({ header }: Blocks, name: string): string | undefined {
  const line = header.find((each) => new RegExp(`^${name}[;:]`, 'i').test(each))
  return line?.slice(line.indexOf(':') + 1).trim()
}
