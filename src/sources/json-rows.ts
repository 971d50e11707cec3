import type { InputRow } from './input-row.ts'
import { JsonScanner, type JsonValue } from './json-scan.ts'
import type { RowFault } from './room.ts'

/** An element of a list in a JSON file. */
export interface JsonRow extends InputRow {
  /** Under which key of the document its list stands; empty for a bare array or JSON lines. */
  list: string
}

/** What a JSON file holds. */
export interface JsonFile {
  rows: JsonRow[]
  /** Members of the document that are none of its lists. */
  document: Record<string, JsonValue>
  /** False when something of the file could not be read, so that a list which claims to be complete is not. */
  whole: boolean
}

/** What a reader of JSON is told of the file. */
export interface JsonShape {
  /** Keys of the document that hold lists; a document with none of them is not of this shape. Empty: only bare arrays and lines. */
  lists: readonly string[]
  /** Keys by which an element is known. Behind a broken one, reading goes on where an object has one of them. */
  known: readonly string[]
}

/**
 * Reads a document with lists, a bare array, or objects one after another (JSON lines). Each element gets its ordinal, its own
 * text and its quirks. What is broken is one faulty row with its place; elements that are whole are read all the same.
 * Undefined when it is none of these.
 */
export function readJson(text: string, shape: JsonShape): JsonFile | undefined {
  const file: JsonFile = { rows: [], document: Object.create(null), whole: true }
  const scanner = new JsonScanner(text)
  const reading = new Reading(file, shape, scanner)
  const first = scanner.peek()
  if (first === '[') {
    scanner.at += 1
    if (reading.elements('')) reading.rest()
    else reading.giveUp(scanner.at)
    return file
  }
  if (first !== '{') return undefined
  return (shape.lists.length > 0 && reading.document()) || reading.lines() ? file : undefined
}

// Trying each place behind a fault again may cost this many times the length of the file, no more.
const EFFORT = 40

class Reading {
  private readonly file: JsonFile
  private readonly shape: JsonShape
  private readonly scanner: JsonScanner
  private effort: number
  private line = 1
  private lineStart = 0

  constructor(file: JsonFile, shape: JsonShape, scanner: JsonScanner) {
    this.file = file
    this.shape = shape
    this.scanner = scanner
    this.effort = scanner.text.length * EFFORT
  }

  /** A document with lists, as far as it goes; false when none of its members is one of them. */
  document(): boolean {
    const { scanner } = this
    let found = false
    scanner.at += 1
    if (scanner.take('}')) return this.restart()
    for (;;) {
      const start = scanner.at
      const member = this.member()
      if (member === 'list') found = true
      if (member && scanner.take(',')) continue
      if (member && scanner.take('}')) {
        if (!found) return this.restart()
        this.rest()
        return true
      }
      const broken = member ? scanner.at : start
      if (this.seekList(broken)) continue
      if (!found) return this.restart()
      this.giveUp(broken)
      return true
    }
  }

  private member(): 'list' | 'value' | undefined {
    const { scanner, file, shape } = this
    const key = scanner.key()
    if (key === undefined) return undefined
    if (shape.lists.includes(key) && scanner.take('[')) {
      if (!this.elements(key)) file.whole = false
      return 'list'
    }
    const value = scanner.value(1)
    scanner.duplicates.length = 0
    if (value === undefined) return undefined
    file.document[key] = value
    return 'value'
  }

  /** Objects one after another, with or without line breaks between them; false when none is known by its keys. */
  lines(): boolean {
    this.elements('')
    this.rest()
    return this.file.rows.some((row) => row.faults.length === 0 && this.isKnown(row.fields))
  }

  /** Elements up to the end of their list, or of the text; false when the list has no end. */
  elements(list: string): boolean {
    const { scanner } = this
    for (;;) {
      const next = scanner.peek()
      if (next === '' || next === '}') return false
      if (next === ']') {
        scanner.at += 1
        return true
      }
      if (next === ',') scanner.at += 1
      else this.element(list)
    }
  }

  /** What stands behind the end of everything is a fault of its own. */
  rest(): void {
    if (this.scanner.peek() !== '') this.giveUp(this.scanner.at)
  }

  private element(list: string): void {
    const { scanner } = this
    const start = scanner.at
    const value = scanner.value()
    if (value === undefined) {
      const faults = [this.faultHere()]
      this.seekElement(start + 1)
      this.add(list, start, {}, faults, [])
      return
    }
    const quirks = scanner.duplicates.splice(0).map((field) => ({ code: 'duplicate-key', field }))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    const faults = isObject ? [] : [{ code: 'not-an-object', field: '' }]
    this.add(list, start, isObject ? value : {}, faults, quirks)
  }

  private add(
    list: string,
    start: number,
    fields: Record<string, unknown>,
    faults: RowFault[],
    quirks: RowFault[],
  ): void {
    if (faults.length > 0) this.file.whole = false
    const raw = this.scanner.text.slice(start, this.scanner.at).trimEnd()
    this.file.rows.push({ row: this.file.rows.length + 1, list, fields, raw, faults, quirks })
  }

  /** The rest of the text is one faulty row. */
  giveUp(start: number): void {
    this.file.whole = false
    const isTold = this.scanner.text.slice(start).trim() === '' && (this.file.rows.at(-1)?.faults.length ?? 0) > 0
    if (isTold) return
    const faults = [this.faultHere()]
    this.scanner.at = this.scanner.text.length
    this.add('', start, {}, faults, [])
  }

  private faultHere(): RowFault {
    const { scanner } = this
    const stop = scanner.stop ?? { at: scanner.at, code: 'json-broken' }
    const code = scanner.text.slice(stop.at, stop.at + 1000).trim() === '' ? 'json-truncated' : stop.code
    scanner.stop = undefined
    scanner.duplicates.length = 0
    for (let at = scanner.text.indexOf('\n', this.lineStart); at >= 0 && at < stop.at; ) {
      this.line += 1
      this.lineStart = at + 1
      at = scanner.text.indexOf('\n', this.lineStart)
    }
    return { code, field: '', detail: `${this.line}:${stop.at - this.lineStart + 1}` }
  }

  /** Goes to where the next element begins behind a broken one: an object that is whole and known by its keys, else the end. */
  private seekElement(from: number): void {
    const { scanner } = this
    const opening = /[,\n}\]]\s*\{/g
    opening.lastIndex = from
    for (let found = opening.exec(scanner.text); found; found = opening.exec(scanner.text)) {
      const at = opening.lastIndex - 1
      const attempt = new JsonScanner(scanner.text, at)
      const value = attempt.value()
      this.effort -= (attempt.stop?.at ?? attempt.at) - at
      if (this.isKnown(value)) {
        scanner.at = at
        return
      }
      if (this.effort < 0) break
      opening.lastIndex = at + 1
    }
    scanner.at = scanner.text.length
  }

  private isKnown(value: unknown): boolean {
    const { known } = this.shape
    return typeof value === 'object' && value !== null && (known.length === 0 || known.some((key) => key in value))
  }

  /** Behind a broken member of a document: the beginning of one of its lists, if there is one. */
  private seekList(from: number): boolean {
    const { scanner, shape } = this
    const places = shape.lists.map((key) => {
      const opening = new RegExp(`"${key}"\\s*:\\s*\\[`, 'g')
      opening.lastIndex = from
      return opening.exec(scanner.text)?.index ?? -1
    })
    const first = places.filter((at) => at > from).sort((a, b) => a - b)[0]
    if (first === undefined) return false
    const faults = [this.faultHere()]
    scanner.at = first
    this.add('', from, {}, faults, [])
    return true
  }

  private restart(): false {
    const { scanner, file } = this
    scanner.at = 0
    scanner.stop = undefined
    scanner.duplicates.length = 0
    file.rows.length = 0
    file.document = Object.create(null)
    file.whole = true
    this.line = 1
    this.lineStart = 0
    return false
  }
}
