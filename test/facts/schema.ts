import { z } from 'zod'

const day = z.iso.date()
const partial = z.string().regex(/^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/)
const decimal = z.string().regex(/^\d+(\.\d+)?$/)
const country = z.string().regex(/^[A-Z]{2}$/)
const provider = z.enum(['aws', 'azure', 'google', 'oracle'])
const names = z.array(z.string().min(1))
const id = z.string().regex(/^(aws|azure|google|oracle)\/[a-z0-9-]+$/)

export const source = z
  .strictObject({
    title: z.string().min(10),
    url: z.url({ protocol: /^https$/ }).optional(),
    package: z
      .string()
      .regex(/^@?[\w/-]+@\d+\.\d+\.\d+$/)
      .optional(),
    confidence: z.enum(['documented', 'secondary', 'general-knowledge']),
    readOn: day,
    validFrom: day,
    validUntil: day,
  })
  .refine((each) => each.validFrom < each.validUntil, 'validFrom before validUntil')
  .refine(
    (each) => each.confidence !== 'documented' || each.url !== undefined || each.package !== undefined,
    'documented needs a place',
  )

const sources = z.record(z.string(), source)
const kind = z.enum([
  'ai',
  'analytics',
  'compute',
  'communications',
  'connectivity',
  'contact-centre',
  'containers',
  'database',
  'infrastructure',
  'integration',
  'management',
  'marketplace',
  'network',
  'security',
  'storage',
  'support',
  'training',
])
const band = z.tuple([decimal, decimal, decimal])

const regions = z.strictObject({
  provider,
  sources,
  countriesNotCovered: z.array(country),
  regions: z.record(
    z.string().regex(/^[a-z0-9-]+$/),
    z.strictObject({
      name: z.string().min(3),
      city: z.string().optional(),
      country: country.optional(),
      access: z.enum(['restricted', 'dedicated', 'government', 'sovereign', 'china', 'classified']).optional(),
      opened: partial.optional(),
      announced: partial.optional(),
      closed: partial.optional(),
      notOpenUntil: day.optional(),
      also: names.optional(),
      source: z.string().optional(),
      note: z.string().optional(),
    }),
  ),
})

export const schemas = {
  'regions-aws': regions,
  'regions-azure': regions,
  'regions-google': regions,
  'regions-oracle': regions,
  'local-zones': z.strictObject({
    sources,
    covers: z.partialRecord(provider, z.array(country)),
    zones: z.record(
      z.string(),
      z.strictObject({ provider, city: z.string(), country, parentRegion: z.string(), opened: partial.optional() }),
    ),
  }),
  providers: z.strictObject({
    sources,
    providers: z.record(
      provider,
      z.strictObject({
        name: z.string(),
        short: z.string(),
        aliases: names,
        entities: z.array(z.strictObject({ name: z.string(), country })),
      }),
    ),
    suffixes: z.array(z.string().regex(/^[a-z]+$/)),
  }),
  countries: z.strictObject({
    sources,
    countries: z.record(
      country,
      z.tuple([z.string().regex(/^[A-Z]{3}$/), z.enum(['AF', 'AN', 'AS', 'EU', 'NA', 'OC', 'SA'])]),
    ),
    names: z.record(country, names),
    demonyms: z.record(country, names),
    unions: z.record(z.string(), z.strictObject({ names, members: z.array(country) })),
    otherCurrencies: z.array(z.string().regex(/^[A-Z]{3}$/)),
    digits: z.record(z.enum(['0', '3', '4']), z.array(z.string().regex(/^[A-Z]{3}$/))),
    signs: z.record(z.string().min(1), z.array(z.string().regex(/^[A-Z]{3}$/)).min(1)),
  }),
  services: z.strictObject({
    sources,
    kindWords: z.partialRecord(kind, names),
    lists: z.record(z.string(), z.strictObject({ source: z.string(), full: names, replica: names, uncertain: names })),
    recoveryPairs: z.array(
      z.strictObject({
        service: id,
        from: z.string(),
        to: z.string(),
        direction: z.enum(['both', 'one-way']),
        source: z.string(),
      }),
    ),
    services: z.record(
      id,
      z.strictObject({
        name: z.string(),
        kind,
        placement: z.enum(['regional', 'location', 'global']).optional(),
        regions: z.string().optional(),
        covers: z.array(kind).optional(),
        partOf: id.optional(),
        also: names.optional(),
        short: names.optional(),
      }),
    ),
  }),
  'service-levels': z.strictObject({
    sources,
    none: z.array(id),
    ladders: z.record(z.string(), z.array(band).min(1)),
    levels: z.array(
      z.strictObject({
        service: id,
        source: z.string(),
        measure: z.string(),
        scope: z.string(),
        claimBy: z.string().optional(),
        published: day.optional(),
        variants: z
          .array(
            z
              .strictObject({
                target: decimal,
                when: z.string().optional(),
                bands: z.array(band).optional(),
                ladder: z.string().optional(),
              })
              .refine((each) => (each.bands === undefined) !== (each.ladder === undefined), 'bands or ladder'),
          )
          .min(1),
      }),
    ),
  }),
  certificates: z.strictObject({
    sources,
    noise: names,
    certificates: z.record(
      id,
      z.strictObject({
        name: z.string(),
        level: z.enum(['foundational', 'associate', 'professional', 'specialty', 'expert']),
        introduced: partial.optional(),
        retired: partial.optional(),
        replacedBy: id.optional(),
        codes: names.optional(),
        also: names.optional(),
      }),
    ),
    others: z.array(z.strictObject({ provider, names, note: z.string() })),
  }),
  'partner-tiers': z.strictObject({
    sources,
    noise: names,
    tiers: z.array(
      z.strictObject({
        provider,
        tier: z.string(),
        also: names.optional(),
        minimums: z.strictObject({
          accreditedTechnical: z.int(),
          accreditedBusiness: z.int(),
          foundationalCertified: z.int(),
          technicalCertified: z.int(),
          professionalOrSpecialty: z.int(),
          launchedOpportunities: z.int(),
        }),
        monthlyRecurringRevenue: z.strictObject({ amount: decimal, currency: z.string().length(3) }),
      }),
    ),
  }),
  standards: z.strictObject({
    sources,
    standards: z.record(
      z.string().regex(/^[a-z0-9-]+$/),
      z
        .strictObject({
          name: z.string(),
          kind: z.enum(['certification', 'attestation', 'law', 'framework', 'programme']),
          reach: z.enum(['international', 'domestic', 'extraterritorial']),
          countries: z.array(country).optional(),
          sector: z.string().optional(),
          also: names.optional(),
          editions: z
            .array(
              z.strictObject({
                edition: z.string(),
                published: partial.optional(),
                supersededOn: day.optional(),
                supersededBy: z.string().optional(),
              }),
            )
            .optional(),
          inForce: day.optional(),
          source: z.string().optional(),
        })
        .refine(
          (each) => (each.reach === 'international') === (each.countries === undefined),
          'countries unless international',
        ),
    ),
  }),
  responsibility: z.strictObject({
    sources,
    areas: z.record(
      z.string(),
      z.strictObject({ name: z.string(), answers: z.enum(['provider', 'customer', 'shared']), also: names }),
    ),
  }),
}
