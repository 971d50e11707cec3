/** A JSON text as far as it could be read, to the character. Numbers stay texts, with every digit they were written with. */
export type JsonValue = string | boolean | null | JsonValue[] | { [key: string]: JsonValue }

/** Why a text is no JSON, and where. */
interface Stop {
  at: number
  code: 'json-broken' | 'json-too-deep'
}

const DEPTH_MAX = 100
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const PLAIN = /[\x20\x21\x23-\x5b\x5d-\uffff]*/y
const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const WORDS: [string, JsonValue][] = [
  ['true', true],
  ['false', false],
  ['null', null],
]

// Like Object.create(null), without any key of its own, but laid out by the engine like other objects, and so much faster.
const Bare = function Bare() {} as unknown as new () => object
Bare.prototype = Object.create(null)

/** Reads JSON value by value, so that a text that is broken somewhere still gives what is whole. */
export class JsonScanner {
  readonly text: string
  at: number
  /** Set once something could not be read. */
  stop: Stop | undefined
  /** Keys that an object names twice; the last stands. Emptied by whoever reads them. */
  duplicates: string[] = []

  constructor(text: string, at = 0) {
    this.text = text
    this.at = at
  }

  /** Passes blanks and tells the character that follows; empty at the end. */
  peek(): string {
    const { text } = this
    let { at } = this
    for (let code = text.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9; )
      code = text.charCodeAt(++at)
    this.at = at
    return text[at] ?? ''
  }

  /** Passes one character if it is the next. */
  take(character: string): boolean {
    if (this.peek() !== character) return false
    this.at += 1
    return true
  }

  /** One value; undefined, and `stop` set, when there is none. */
  value(depth = 0): JsonValue | undefined {
    if (depth > DEPTH_MAX) return this.halt('json-too-deep')
    const first = this.peek()
    if (first === '{') return this.object(depth)
    if (first === '[') return this.array(depth)
    if (first === '"') return this.string()
    if (first === 't' || first === 'f' || first === 'n') {
      for (const [word, value] of WORDS) {
        if (!this.text.startsWith(word, this.at)) continue
        this.at += word.length
        return value
      }
    }
    NUMBER.lastIndex = this.at
    const number = NUMBER.exec(this.text)
    if (!number) return this.halt()
    this.at = NUMBER.lastIndex
    return number[0]
  }

  /** A key with its colon; undefined, and `stop` set, when there is none. */
  key(): string | undefined {
    const key = this.peek() === '"' ? this.string() : this.halt()
    if (key === undefined) return undefined
    return this.take(':') ? key : this.halt()
  }

  halt(code: Stop['code'] = 'json-broken'): undefined {
    this.stop ??= { at: this.at, code }
    return undefined
  }

  private object(depth: number): JsonValue | undefined {
    const members = new Bare() as Record<string, JsonValue>
    this.at += 1
    if (this.take('}')) return members
    for (;;) {
      const key = this.key()
      if (key === undefined) return undefined
      const value = this.value(depth + 1)
      if (value === undefined) return undefined
      if (key in members) this.duplicates.push(key)
      members[key] = value
      if (this.take('}')) return members
      if (!this.take(',')) return this.halt()
    }
  }

  private array(depth: number): JsonValue | undefined {
    const elements: JsonValue[] = []
    this.at += 1
    if (this.take(']')) return elements
    for (;;) {
      const value = this.value(depth + 1)
      if (value === undefined) return undefined
      elements.push(value)
      if (this.take(']')) return elements
      if (!this.take(',')) return this.halt()
    }
  }

  private string(): string | undefined {
    let read = ''
    this.at += 1
    for (;;) {
      PLAIN.lastIndex = this.at
      read += PLAIN.exec(this.text)?.[0] ?? ''
      this.at = PLAIN.lastIndex
      const stop = this.text[this.at]
      if (stop === '"') {
        this.at += 1
        return read
      }
      if (stop !== '\\') return this.halt()
      const letter = this.text[this.at + 1] ?? ''
      if (letter === 'u') {
        const code = /^[0-9a-fA-F]{4}$/.exec(this.text.slice(this.at + 2, this.at + 6))?.[0]
        if (code === undefined) return this.halt()
        read += String.fromCharCode(Number.parseInt(code, 16))
        this.at += 6
      } else {
        const character = ESCAPES[letter] ?? (['"', '\\', '/'].includes(letter) ? letter : undefined)
        if (character === undefined) return this.halt()
        read += character
        this.at += 2
      }
    }
  }
}
