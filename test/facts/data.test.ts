import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { z } from 'zod'
import { loadFacts } from '../../src/facts/index.ts'
import { schemas } from './schema.ts'

interface RefreshScript {
  sdkRegions(): Promise<Map<string, string>>
  sdkVersion(): string
  differences(sdk: Map<string, string>, listed: object): { missing: string[]; gone: string[]; renamed: string[] }
}

const refresh = new URL('../../scripts/refresh-regions.mjs', import.meta.url).href
const folder = new URL('../../src/facts/data/', import.meta.url)
type Files = { [K in keyof typeof schemas]: z.infer<(typeof schemas)[K]> }

function read<K extends keyof Files>(name: K): Files[K] {
  return schemas[name].parse(parse(readFileSync(new URL(`${name}.yaml`, folder), 'utf8'))) as Files[K]
}

const providers = ['aws', 'azure', 'google', 'oracle'] as const
const regionFiles = providers.map((provider) => read(`regions-${provider}`))

describe('form', () => {
  test('every file has a schema and keeps it', () => {
    const files = readdirSync(folder).map((file) => file.replace('.yaml', ''))
    expect(files.sort()).toEqual(Object.keys(schemas).sort())
    for (const name of Object.keys(schemas) as (keyof Files)[]) expect(() => read(name), name).not.toThrow()
  })

  test('every named source exists', () => {
    for (const name of Object.keys(schemas) as (keyof Files)[]) {
      const text = readFileSync(new URL(`${name}.yaml`, folder), 'utf8')
      const used = [...text.matchAll(/(?<=[\s{])source: ([a-z-]+)/g)].map((match) => match[1])
      const { sources } = read(name)
      expect(Object.keys(sources).length, name).toBeGreaterThan(0)
      for (const source of used) expect(Object.keys(sources), name).toContain(source)
    }
  })
})

describe('regions', () => {
  test('codes are unique across providers, countries are known, every provider is covered', () => {
    const codes = regionFiles.flatMap((file) => Object.keys(file.regions))
    expect(codes.length).toBeGreaterThan(220)
    expect(new Set(codes).size).toBe(codes.length)
    const known = read('countries').countries
    for (const file of regionFiles) {
      expect(Object.keys(file.regions).length, file.provider).toBeGreaterThan(40)
      for (const [code, region] of Object.entries(file.regions)) {
        if (region.access !== 'classified') expect(known, code).toHaveProperty(region.country ?? '')
      }
    }
  })

  test('every listed code is recognised inside a text', () => {
    const facts = loadFacts()
    for (const file of regionFiles) {
      for (const code of Object.keys(file.regions)) {
        const found = facts.regionCodesIn(`data in (${code}), only`, file.provider)
        expect(found.map((mention) => mention.value)).toEqual([code])
      }
    }
  })

  test('the AWS list and the installed SDK agree', async () => {
    const { sdkRegions, sdkVersion, differences } = (await import(refresh)) as RefreshScript
    const sdk = await sdkRegions()
    expect(sdk.size, 'saw N regions').toBeGreaterThanOrEqual(46)
    const aws = read('regions-aws')
    expect(differences(sdk, aws.regions)).toEqual({ missing: [], gone: [], renamed: [] })
    expect(aws.sources.main?.package).toBe(`@aws-sdk/core@${sdkVersion()}`)
  })

  test('local zones belong to listed regions and covered countries', () => {
    const { zones, covers } = read('local-zones')
    for (const zone of Object.values(zones)) {
      expect(read(`regions-${zone.provider}`).regions).toHaveProperty(zone.parentRegion)
      expect(covers[zone.provider]).toContain(zone.country)
    }
  })
})

describe('references between files', () => {
  const services = read('services')
  test('services', () => {
    for (const [id, service] of Object.entries(services.services)) {
      if (service.partOf !== undefined) expect(services.services, id).toHaveProperty([service.partOf])
      if (service.regions !== undefined) expect(['all', ...Object.keys(services.lists)], id).toContain(service.regions)
    }
    const aws = read('regions-aws').regions
    for (const list of Object.values(services.lists)) {
      for (const code of [...list.full, ...list.replica, ...list.uncertain]) expect(aws).toHaveProperty(code)
    }
    for (const pair of services.recoveryPairs) expect([aws[pair.from], aws[pair.to]]).not.toContain(undefined)
  })

  test('no name belongs to two services of one provider', () => {
    const seen = new Map<string, string>()
    for (const [id, service] of Object.entries(services.services)) {
      for (const name of new Set([service.name, ...(service.also ?? []), ...(service.short ?? [])])) {
        const key = `${id.split('/')[0]} ${name.toLowerCase()}`
        expect(seen.get(key), key).toBeUndefined()
        seen.set(key, id)
      }
    }
  })

  test('service levels: known services, whole ladders, highest target first', () => {
    const levels = read('service-levels')
    for (const id of [...levels.none, ...levels.levels.map((level) => level.service)]) {
      expect(services.services).toHaveProperty([id])
    }
    for (const level of levels.levels) {
      const targets = level.variants.map((variant) => Number(variant.target))
      expect(targets, level.service).toEqual([...targets].sort((a, b) => b - a))
      for (const variant of level.variants) {
        const bands = variant.bands ?? levels.ladders[variant.ladder ?? ''] ?? []
        expect(bands[0]?.[0], level.service).toBe(variant.target)
        expect(bands.at(-1)?.[1], level.service).toBe('0')
        for (const [index, band] of bands.entries()) {
          if (index > 0) expect(band[0], level.service).toBe(bands[index - 1]?.[1])
          if (index > 0) expect(Number(band[2]), level.service).toBeGreaterThan(Number(bands[index - 1]?.[2]))
        }
      }
    }
  })

  test('certificates, standards, countries', () => {
    const { certificates, sources } = read('certificates')
    for (const [id, certificate] of Object.entries(certificates)) {
      expect(sources).toHaveProperty(id.split('/')[0] as string)
      if (certificate.replacedBy !== undefined) expect(certificates).toHaveProperty([certificate.replacedBy])
    }
    for (const [id, { editions }] of Object.entries(read('standards').standards)) {
      for (const edition of editions ?? []) {
        if (edition.supersededBy === undefined) continue
        expect(
          editions?.map((each) => each.edition),
          id,
        ).toContain(edition.supersededBy)
      }
    }
    const countries = read('countries')
    expect(Object.keys(countries.countries)).toHaveLength(249)
    for (const code of [...Object.keys(countries.names), ...Object.keys(countries.demonyms)]) {
      expect(countries.countries).toHaveProperty(code)
    }
    const facts = loadFacts()
    for (const [sign, codes] of Object.entries(countries.signs)) {
      for (const code of codes) expect(facts.isCurrencyCode(code), `${sign} ${code}`).toBe(true)
    }
  })

  test('the holiday package named as the source is the one installed', () => {
    const { version } = createRequire(import.meta.url)('date-holidays/package.json') as { version: string }
    const fact = loadFacts().holidays('CL', 2026)
    expect(fact.source?.package).toBe(`date-holidays@${version}`)
    expect(readFileSync(new URL('../../NOTICE', import.meta.url), 'utf8')).toContain('CC-BY-3.0')
  })
})
