import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import {
  askerOf,
  FAMILIES,
  familiesOf,
  identityWords,
  type Person,
  RIGHTS,
  ROLES,
  type Role,
  rightsOf,
  type Scope,
  scopeOf,
  seesKind,
} from '../../src/identity/index.ts'

const FOLDER = join(import.meta.dirname, '../../src/identity')
const table = parse(readFileSync(join(FOLDER, 'roles.yaml'), 'utf8'))

function somebody(roles: readonly Role[], more: Partial<Person> = {}): Person {
  const signIn = { password: true, passkeys: 0, oidc: false }
  return {
    id: 'p',
    name: 'P',
    email: 'p@x.cl',
    roles,
    customers: [],
    language: 'es',
    disabled: false,
    createdAt: '',
    signIn,
    ...more,
  }
}

const sources = {
  kindDatasets: ({ families, kinds }: Scope) => [...families, ...kinds, 'agreement'],
  instancesOf: (customer: string) => [`${customer}-1`, `${customer}-2`],
}

describe('roles', () => {
  it('of the data file and of the types are the same', () => {
    expect(Object.keys(table.roles)).toEqual([...ROLES])
    expect(table.families).toEqual([...FAMILIES])
    expect(table.rights).toEqual([...RIGHTS])
  })

  it('give what the plan says', () => {
    expect(rightsOf(somebody(['administrator']))).toEqual([...RIGHTS])
    expect(rightsOf(somebody(['director']))).toEqual(RIGHTS.filter((each) => each !== 'people' && each !== 'settings'))
    expect(rightsOf(somebody(['auditor']))).toEqual(['read', 'audit', 'imports'])
    expect(rightsOf(somebody(['customer']))).toEqual(['read'])
    expect(familiesOf(somebody(['planner']))).toEqual(['service', 'terms'])
    expect(familiesOf(somebody(['planner', 'finance']))).toEqual([
      'commercial',
      'service',
      'programme',
      'governance',
      'terms',
    ])
    expect(rightsOf(somebody(['planner', 'compliance']))).toEqual([
      'read',
      'import',
      'waive',
      'audit',
      'imports',
      'erase',
    ])
  })

  it('never give a disabled person anything', () => {
    fc.assert(
      fc.property(fc.subarray([...ROLES], { minLength: 1 }), (roles) => {
        const person = somebody(roles, { disabled: true, customers: ['c'] })
        expect(rightsOf(person)).toEqual([])
        expect(scopeOf(person)).toEqual({ families: [], kinds: [] })
        const { customer, ...rest } = askerOf(person, sources)
        expect(rest).toEqual({ owners: [], datasets: [], person: '', rights: [] })
        expect(customer).toBe(roles.includes('customer'))
      }),
    )
  })

  it('bounded by a token are never more than without, and no token adds anything', () => {
    const bounds = fc.record({
      rights: fc.subarray([...RIGHTS]),
      families: fc.option(fc.subarray([...FAMILIES]), { nil: undefined }),
    })
    fc.assert(
      fc.property(fc.subarray([...ROLES], { minLength: 1 }), bounds, (roles, within) => {
        const person = somebody(roles)
        for (const right of rightsOf(person, within)) {
          expect(rightsOf(person)).toContain(right)
          expect(within.rights).toContain(right)
        }
        for (const family of familiesOf(person, within)) expect(familiesOf(person)).toContain(family)
        const [whole, part] = [askerOf(person, sources), askerOf(person, { ...sources, within })]
        for (const right of part.rights) expect(whole.rights).toContain(right)
        if (whole.datasets !== '*') {
          expect(part.datasets).not.toBe('*')
          for (const dataset of part.datasets) expect(whole.datasets).toContain(dataset)
        }
      }),
    )
  })
})

describe('who asks', () => {
  it('sees everything, some datasets, or the evidence of their own customers', () => {
    expect(askerOf(somebody(['auditor']), sources)).toEqual({
      owners: '*',
      datasets: '*',
      person: 'p',
      rights: ['read', 'audit', 'imports'],
      customer: false,
    })
    expect(askerOf(somebody(['quality']), sources)).toMatchObject({
      owners: '*',
      datasets: ['agreement', 'service', 'terms'],
    })
    expect(askerOf(somebody(['customer'], { customers: ['c7', 'c9'] }), sources)).toEqual({
      owners: ['c7', 'instance:c7-1', 'instance:c7-2', 'c9', 'instance:c9-1', 'instance:c9-2'],
      datasets: ['agreement', 'credit-band', 'service-level'],
      person: 'p',
      rights: ['read'],
      customer: true,
    })
  })

  it('sees a clause by its family, and a customer’s user by its kind', () => {
    const customer = scopeOf(somebody(['customer']))
    expect(seesKind(customer, 'service-level', 'service')).toBe(true)
    expect(seesKind(customer, 'managed-service', 'service')).toBe(false)
    expect(seesKind(scopeOf(somebody(['finance'])), 'commitment', 'commercial')).toBe(true)
    expect(seesKind(scopeOf(somebody(['finance'])), 'service-level', 'service')).toBe(false)
  })
})

describe('what is said when something is refused', () => {
  it('has words for every reason in the code, and no more', () => {
    const code = readdirSync(FOLDER)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(FOLDER, file), 'utf8'))
      .join('\n')
    const said = [
      ...code.matchAll(
        /(?:refuse|faultOf)\(\s*'[\w-]+',\s*'([\w-]+)'|message\('identity\/([\w-]+)'|failed\('([\w-]+)'\)/g,
      ),
    ]
    const ids = new Set(said.map((match) => `identity/${match[1] ?? match[2] ?? match[3]}`))
    const known = Object.keys(identityWords()).filter((id) => id.startsWith('identity/'))
    expect([...ids].sort()).toEqual(known.sort())
  })
})
