/** A JSON Schema, as far as the document of the interface uses it. */
export interface Schema {
  type?: string | string[]
  format?: string
  pattern?: string
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  additionalProperties?: Schema | boolean
  propertyNames?: Schema
  anyOf?: Schema[]
  $ref?: string
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  maxItems?: number
}

/** Chance that a seed repeats. */
export class Chance {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0
  }

  /** From 0 up to, and without, 1. */
  part(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }

  /** A whole number below another. */
  below(count: number): number {
    return Math.floor(this.part() * count)
  }

  /** Whether something of this probability happens. */
  is(probability: number): boolean {
    return this.part() < probability
  }

  /** One of several. */
  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T
  }
}

const deep = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times)

/** Texts that have broken servers before. */
export const NASTY: readonly string[] = [
  ...[
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    'x\udfff\ud800y',
    '\ufeff',
    '\u202egnp.exe',
    'é\u0301',
    'ﬁ',
    '👩‍👩‍👧‍👦',
    '\u2028',
  ],
  ...[
    "' or 1=1 --",
    '"; drop table facts; --',
    '$1',
    '%',
    '_',
    '\\',
    '*',
    '{}',
    'null',
    'undefined',
    'NaN',
    '-0',
    '1e999',
  ],
  ...[
    '../../etc/passwd',
    '..%2f..%2f',
    '..\\..\\windows',
    'C:\\con',
    '/dev/zero',
    'file:///etc/passwd',
    '~',
    'con',
    'aux.txt',
  ],
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '{{7*7}}',
    `\${7*7}`,
    '=1+1',
    '+1',
    '@x',
    '\t=1',
    '＝1',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '[object Object]', 'true', '0', '-1'],
  ...[
    'a'.repeat(101),
    'b'.repeat(2001),
    'ñ'.repeat(5000),
    '9'.repeat(400),
    '2025-02-29',
    '0000-01-01',
    '9999-12-31',
    '0001-01-01',
  ],
  ...[
    'eyJhdCI6MX0',
    'eyJhdCI6OTk5OTk5OTk5OTk5fQ',
    'eyJhdCI6LTF9',
    'eyJhdCI6MS41fQ',
    'bnVsbA',
    'W10',
    '1',
    '999999999999999',
  ],
  ...['eyJkYXRhc2V0IjoiXHUwMDAwIiwia2V5IjoieCJ9', 'eyJkYXRhc2V0Ijoie30iLCJrZXkiOiJcdWQ4MDAifQ'],
]

/** Texts of amendments that a reader of YAML chokes on. */
export const NASTY_TEXTS: readonly string[] = [
  `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nchanges: [*e,*e,*e,*e,*e,*e,*e]`,
  deep('[', ']', 20_000),
  deep('{a: ', '}', 5000),
  '- '.repeat(20_000),
  `amendment: 1\nid: x\ntitle: ${'y'.repeat(50_000)}\nchanges: []\n`,
  'amendment: 1\nid: a\ntitle: b\neffective: 2025-06-01\nrecorded: 2025-06-01\nchanges:\n  - clause: x\n    term: y\n    becomes: &r [*r]\n',
  'amendment: 1\nid: a\ntitle: b\neffective: 9999-12-31\nrecorded: 0001-01-01\nchanges: []\n',
  'amendment: 1\n__proto__: { a: 1 }\nconstructor: 2\nchanges: 3\n',
  'amendment: !!js/function "x"\n? [a]\n: b\n',
  '\u0000\u0001\u0002',
  'a: 1\n'.repeat(20_000),
  `a: "${'\\u0000'.repeat(100)}"`,
]

/** Makes values that keep a schema, and values that do not. */
export class Values {
  readonly chance: Chance
  readonly #schemas: Record<string, Schema>
  readonly #seen: (name: string) => readonly string[]

  constructor(chance: Chance, schemas: Record<string, Schema>, seen: (name: string) => readonly string[]) {
    this.chance = chance
    this.#schemas = schemas
    this.#seen = seen
  }

  /** A value that the schema lets through, as far as its types and lengths say. */
  valid(schema: Schema, name = ''): unknown {
    const { chance } = this
    const given = this.#resolved(schema)
    if (given.anyOf) return this.valid(chance.of(given.anyOf), name)
    if (given.const !== undefined) return given.const
    if (given.enum) return chance.of(given.enum)
    const type = Array.isArray(given.type) ? chance.of(given.type) : given.type
    if (type === 'object') return this.#object(given, name)
    if (type === 'array') return Array.from({ length: chance.below(3) }, () => this.valid(given.items ?? {}, name))
    if (type === 'boolean') return chance.is(0.5)
    if (type === 'null') return null
    if (type === 'integer' || type === 'number') return name === 'version' ? chance.of([1, 2]) : this.#number(given)
    if (type === 'string') return this.#text(given, name)
    return chance.of<unknown>([null, true, 0, 'x', [], {}, { a: [1] }])
  }

  /** A value that is probably refused: of another type, too long, too deep, short of a field, or with one too many. */
  invalid(schema: Schema, name = ''): unknown {
    const { chance } = this
    const given = this.#resolved(schema)
    if (given.type === 'object' && given.properties && chance.is(0.7)) return this.#brokenObject(given, name)
    return chance.of<() => unknown>([
      () => null,
      () => chance.of([-1, 0.5, 1e21, Number.MAX_SAFE_INTEGER, 2 ** 53, -2147483649]),
      () => chance.of(NASTY),
      () => 'z'.repeat((given.maxLength ?? 1000) + 1),
      () => [],
      () => ({}),
      () => Array.from({ length: 2000 }, () => 'x'),
      () => ({ toString: 1, length: 3, valueOf: 'x' }),
      () => nested(chance.of([50, 3000, 12_000])),
      () => true,
    ])()
  }

  /** The id of a clause that an answer named. */
  clause(): string | undefined {
    const seen = this.#seen('clause')
    return seen.length > 0 ? this.chance.of(seen) : undefined
  }

  /** One of the texts that have broken servers before. */
  nasty(): string {
    return this.chance.of(NASTY)
  }

  #resolved(schema: Schema): Schema {
    return schema.$ref ? (this.#schemas[schema.$ref.split('/').at(-1) as string] as Schema) : schema
  }

  #object({ properties = {}, required = [], additionalProperties }: Schema, name: string): Record<string, unknown> {
    const made: Record<string, unknown> = {}
    for (const [key, inner] of Object.entries(properties))
      if (required.includes(key) || this.chance.is(0.6)) made[key] = this.valid(inner, key)
    if (typeof additionalProperties !== 'object') return made
    for (let count = this.chance.below(3); count > 0; count -= 1)
      Object.defineProperty(made, this.nasty().slice(0, 100), {
        value: this.valid(additionalProperties, name),
        enumerable: true,
        configurable: true,
      })
    return made
  }

  #brokenObject(given: Schema, name: string): unknown {
    const made = this.#object(given, name)
    const keys = Object.keys(given.properties ?? {})
    const key = keys.length > 0 ? this.chance.of(keys) : 'x'
    if (this.chance.is(0.3)) delete made[key]
    else if (this.chance.is(0.2)) made[this.nasty()] = this.nasty()
    else made[key] = this.invalid(given.properties?.[key] ?? {}, key)
    return made
  }

  #number({ minimum = 0, maximum = 1_000_000 }: Schema): number {
    return this.chance.of(
      [minimum, maximum, minimum + this.chance.below(Math.max(1, maximum - minimum))].map(Math.trunc),
    )
  }

  #text({ format, minLength = 0, maxLength = 300 }: Schema, name: string): string {
    const { chance } = this
    const seen = this.#seen(name)
    if (format === 'date')
      return chance.of([
        '2025-06-15',
        '2024-02-29',
        '1999-12-31',
        '0000-01-01',
        '0001-01-01',
        '9999-12-31',
        '2031-07-01',
      ])
    if (format === 'uri')
      return chance.of(['http://127.0.0.1:1/', 'https://sso.invalid/a', 'javascript:alert(1)', 'file:///etc/passwd'])
    if (name === 'email' && chance.is(0.7)) return `p${chance.below(1e6)}@alder.example`
    if (name === 'text' && maxLength > 10_000 && chance.is(0.7)) return chance.of(NASTY_TEXTS)
    const text =
      seen.length > 0 && chance.is(0.75) ? chance.of(seen) : chance.is(0.5) ? this.nasty() : `w${chance.below(999)}`
    return text.padEnd(minLength, 'p').slice(0, maxLength)
  }
}

function nested(depth: number): Raw {
  return new Raw(chooseShape(depth))
}

function chooseShape(depth: number): string {
  return depth % 2 === 0 ? deep('[', ']', depth) : `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
}

/** JSON that is written as it stands: what is nested too deeply for whoever would write it. */
export class Raw {
  readonly json: string
  constructor(json: string) {
    this.json = json
  }
}

/** A value as JSON; what is raw stands as it is. */
export function written(value: unknown): string {
  const raw: string[] = []
  const text = JSON.stringify(value, (_key, inner) => {
    if (!(inner instanceof Raw)) return inner
    raw.push(inner.json)
    return `\u0001raw${raw.length - 1}\u0001`
  })
  return (text ?? 'null').replace(/"\\u0001raw(\d+)\\u0001"/g, (_all, at) => raw[Number(at)] as string)
}
