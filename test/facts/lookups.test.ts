import { describe, expect, test } from 'vitest'
import { type Fact, loadFacts } from '../../src/facts/index.ts'

const facts = loadFacts()
const NOW = '2026-11-24'
const LATE = '2031-01-01'
const EARLY = '2001-01-01'

function value<T>(fact: Fact<T>): T {
  if (fact.status !== 'known') throw new Error(`expected known, got ${JSON.stringify(fact)}`)
  return fact.value
}
const codes = (regions: readonly { code: string }[]) => regions.map((region) => region.code)

describe('every dated lookup can say known, absent or not checked', () => {
  const shared = '2027-12-31'
  const lookups: [name: string, ask: (asOf: string) => Fact<unknown>, none?: (asOf: string) => Fact<unknown>][] = [
    [
      'regionByCode',
      (d) => facts.regionByCode('aws', 'eu-west-2', d),
      (d) => facts.regionByCode('aws', 'cl-central-1', d),
    ],
    ['regionsInCountry', (d) => facts.regionsInCountry('aws', 'DE', d), (d) => facts.regionsInCountry('aws', 'CL', d)],
    [
      'regionsAnnouncedIn',
      (d) => facts.regionsAnnouncedIn('aws', 'CL', d),
      (d) => facts.regionsAnnouncedIn('aws', 'DE', d),
    ],
    [
      'regionsUncertainIn',
      (d) => facts.regionsUncertainIn('oracle', 'MA', d),
      (d) => facts.regionsUncertainIn('aws', 'DE', d),
    ],
    ['localZonesInCountry', (d) => facts.localZonesInCountry('aws', 'CL', d)],
    ['serviceRegions', (d) => facts.serviceRegions('Amazon Connect', d)],
    [
      'serviceInRegion',
      (d) => facts.serviceInRegion('aws/connect', 'eu-west-2', d),
      (d) => facts.serviceInRegion('aws/connect', 'sa-east-1', d),
    ],
    [
      'serviceInCountry',
      (d) => facts.serviceInCountry('aws/connect', 'GB', d),
      (d) => facts.serviceInCountry('aws/connect', 'CL', d),
    ],
    ['recoveryPairs', (d) => facts.recoveryPairs('aws/connect', d)],
    [
      'upstreamServiceLevel',
      (d) => facts.upstreamServiceLevel('aws/connect', d),
      (d) => facts.upstreamServiceLevel('aws/support', d),
    ],
    [
      'certificateNamed',
      (d) => facts.certificateNamed('AWS Security', 'aws', d),
      (d) => facts.certificateNamed('Amazon Connect Specialist', 'aws', d),
    ],
    ['standardNamed', (d) => facts.standardNamed('ISO 27001', d)],
    ['responsibilityOf', (d) => facts.responsibilityOf('Physical security', 'aws', d)],
    [
      'isHoliday',
      (d) => facts.isHoliday('CL', d === NOW ? '2026-09-18' : d),
      (d) => facts.isHoliday('CL', d === NOW ? '2026-09-17' : d),
    ],
  ]
  test.each(lookups)('%s', (_name, ask, none) => {
    expect(ask(NOW)).toMatchObject({ status: 'known', source: { confidence: expect.any(String) } })
    expect(ask(LATE)).toMatchObject({ status: 'not-checked', reason: 'past-validity' })
    expect(ask(EARLY)).toMatchObject({ status: 'not-checked', reason: 'before-validity' })
    if (none === undefined) return
    expect(none(NOW)).toMatchObject({ status: 'absent', source: { readOn: expect.any(String) } })
    expect(none(LATE).status).toBe('not-checked')
  })

  test('partnerTier answers until the end of 2025', () => {
    const tier = value(facts.partnerTier('aws', 'AWS Advanced Partner', '2025-01-31'))
    expect(tier.minimums).toMatchObject({ technicalCertified: 6, foundationalCertified: 4, professionalOrSpecialty: 3 })
    expect(facts.partnerTier('aws', 'Platinum', '2025-01-31').status).toBe('absent')
    expect(facts.partnerTier('aws', 'AWS Advanced Partner', NOW)).toMatchObject({
      status: 'not-checked',
      reason: 'past-validity',
    })
    expect(facts.partnerTier('oracle', 'Gold', NOW)).toMatchObject({ status: 'not-checked', reason: 'not-covered' })
  })

  test('holidays', () => {
    expect(value(facts.holidays('CL', 2026)).map((day) => day.date)).toContain('2026-09-18')
    expect(facts.holidays('CL', 2040)).toMatchObject({ reason: 'past-validity' })
    expect(facts.holidays('ZZ', 2026)).toMatchObject({ reason: 'not-covered' })
  })

  test('what the lists do not cover', () => {
    expect(facts.serviceRegions('Amazon Lex', shared)).toMatchObject({ reason: 'not-covered' })
    expect(facts.upstreamServiceLevel('Amazon Polly', NOW)).toMatchObject({ reason: 'not-covered' })
    expect(facts.recoveryPairs('Amazon S3', NOW)).toMatchObject({ reason: 'not-covered' })
    expect(facts.localZonesInCountry('aws', 'DE', NOW)).toMatchObject({ reason: 'not-covered' })
    expect(facts.standardNamed('ISO 99999', NOW)).toMatchObject({ reason: 'not-covered' })
    expect(facts.responsibilityOf('Catering', 'aws', NOW)).toMatchObject({ reason: 'not-covered' })
  })
})

describe('regions', () => {
  test('eu-west-2 is London, whatever the case and the hyphens', () => {
    expect(value(facts.regionByCode('aws', 'eu-west-2', NOW))).toMatchObject({
      city: 'London',
      country: 'GB',
      status: 'open',
    })
    expect(value(facts.regionByCode(undefined, ' EU‑WEST‑2 ', NOW)).code).toBe('eu-west-2')
    expect(value(facts.regionByCode(undefined, 'southamerica-west1', NOW)).provider).toBe('google')
    expect(facts.regionByCode('azure', 'eu-west-2', NOW).status).toBe('absent')
  })

  test('Chile: none of AWS open, one announced; one each of Azure and Google, two of Oracle', () => {
    expect(facts.regionsInCountry('aws', 'CL', NOW)).toMatchObject({
      status: 'absent',
      source: { confidence: 'secondary' },
    })
    expect(value(facts.regionsAnnouncedIn('aws', 'CL', NOW)).map((region) => region.status)).toEqual(['announced'])
    expect(value(facts.regionByCode('aws', 'sa-west-1', NOW)).status).toBe('announced')
    expect(codes(value(facts.regionsInCountry('azure', 'CL', NOW)))).toEqual(['chilecentral'])
    expect(codes(value(facts.regionsInCountry('google', 'CL', NOW)))).toEqual(['southamerica-west1'])
    expect(codes(value(facts.regionsInCountry('oracle', 'CL', NOW)))).toEqual(['sa-santiago-1', 'sa-valparaiso-1'])
  })

  test('after the announced date the Chilean region is not checked, neither open nor absent', () => {
    for (const fact of [
      facts.regionsInCountry('aws', 'CL', '2027-01-01'),
      facts.regionByCode('aws', 'sa-west-1', '2027-01-01'),
    ]) {
      expect(fact).toMatchObject({ status: 'not-checked', reason: 'past-validity' })
    }
  })

  test('a region is not open before it opened, and unknown inside the month that is all we know', () => {
    expect(value(facts.regionByCode('aws', 'eu-west-2', '2016-12-12')).status).toBe('announced')
    expect(value(facts.regionByCode('aws', 'mx-central-1', '2025-01-10')).status).toBe('unknown')
    expect(value(facts.regionByCode('aws', 'mx-central-1', '2025-01-31')).status).toBe('open')
  })

  test('a country with a region of unknown state is not "none"', () => {
    expect(facts.regionsInCountry('oracle', 'MA', NOW)).toMatchObject({ status: 'not-checked', reason: 'not-covered' })
    expect(facts.regionsInCountry('azure', 'DK', NOW)).toMatchObject({ status: 'not-checked', reason: 'not-covered' })
    expect(codes(value(facts.regionsUncertainIn('oracle', 'IT', NOW)))).toEqual(['eu-turin-1'])
  })

  test('names in a text, in two languages, with their places', () => {
    const text = 'All data processed in AWS Santiago (eu-west-2)'
    const [santiago] = facts.regionsNamed(text, 'aws')
    expect(text.slice(santiago?.start, santiago?.end)).toBe('Santiago')
    expect(codes(santiago?.value.regions ?? [])).toEqual(['sa-west-1'])
    expect(facts.regionsNamed('Santiago').flatMap((each) => codes(each.value.regions))).toEqual([
      'sa-west-1',
      'chilecentral',
      'southamerica-west1',
      'sa-santiago-1',
    ])
    const spanish = facts.regionsNamed('en Irlanda, Sao Paulo, Londres y Norte de Virginia', 'aws')
    expect(spanish.map((each) => [each.text, each.value.kind, codes(each.value.regions)[0]])).toEqual([
      ['Irlanda', 'country', 'eu-west-1'],
      ['Sao Paulo', 'city', 'sa-east-1'],
      ['Londres', 'city', 'eu-west-2'],
      ['Norte de Virginia', 'city', 'us-east-1'],
    ])
    expect(facts.regionsNamed('Europe (London)', 'aws')[0]?.value.kind).toBe('name')
    expect(facts.regionsNamed('nothing here')).toEqual([])
  })

  test('codes in a text: listed, invented, zones; not standards or words', () => {
    const found = facts.regionCodesIn(
      'eu-west-2, cl-central-1, EU-WEST-1a, europe-west2-b, sa-santiago-1; ISO-27001, end-to-end, e-mail',
    )
    expect(found.map((each) => each.value)).toEqual([
      'eu-west-2',
      'cl-central-1',
      'eu-west-1',
      'europe-west2',
      'sa-santiago-1',
    ])
    expect(facts.looksLikeRegionCode('eu-west-2', 'oracle')).toBe(false)
    expect(facts.looksLikeRegionCode('chilecentral')).toBe(true)
    expect(facts.looksLikeRegionCode('central')).toBe(false)
  })
})

describe('services', () => {
  test.each([
    ['Amazon Connect', 'aws/connect'],
    ['Direct Connect', 'aws/direct-connect'],
    ['AWS Direct Connect', 'aws/direct-connect'],
    ['Compute (EC2)', 'aws/ec2'],
    ['Storage (S3)', 'aws/s3'],
    ['Support', 'aws/support'],
    ['AWS Infrastructure', 'aws/infrastructure'],
    ['Amazon Chime SDK', 'aws/chime-sdk'],
    ['Voice Connector', 'aws/chime-voice-connector'],
    ['Almacenamiento', 'aws/s3'],
    ['Gardening', undefined],
  ])('%s', (text, id) => {
    expect(facts.serviceNamed(text, 'aws')?.id).toBe(id)
  })

  test('an everyday word without a provider is nobody’s', () => {
    expect(facts.serviceNamed('Storage')).toBeUndefined()
    expect(facts.serviceNamed('Storage', 'oracle')?.id).toBe('oracle/object-storage')
    expect(facts.servicesIn('we support you to connect', 'aws')).toEqual([])
    expect(facts.servicesIn('Amazon Connect over Direct Connect', 'aws').map((each) => each.value.id)).toEqual([
      'aws/connect',
      'aws/direct-connect',
    ])
  })

  test('how two names relate', () => {
    expect(facts.sameService('Compute (EC2)', 'AWS Infrastructure: compute/storage', 'aws')).toBe('covered-by')
    expect(facts.sameService('AWS Infrastructure: storage', 'Compute (EC2)', 'aws')).toBe('different')
    expect(facts.sameService('Amazon Chime SDK', 'Voice Connector', 'aws')).toBe('covers')
    expect(facts.sameService('Direct Connect', 'AWS Direct Connect', 'aws')).toBe('same')
    expect(facts.sameService('Amazon Connect', 'AWS Direct Connect', 'aws')).toBe('different')
    expect(facts.sameService('Amazon Connect', 'Gardening', 'aws')).toBe('unknown')
    expect(facts.serviceKindsIn('Compute/storage')).toEqual(['compute', 'storage'])
  })

  test('Amazon Connect: eleven regions, a replica, one uncertain', () => {
    const regions = value(facts.serviceRegions('Amazon Connect', NOW))
    expect(regions.filter((region) => region.role === 'full')).toHaveLength(11)
    expect(regions.filter((region) => region.role === 'replica').map((region) => region.code)).toEqual([
      'ap-northeast-3',
    ])
    expect(facts.serviceInCountry('aws/connect', 'IN', NOW)).toMatchObject({ reason: 'not-covered' })
    expect(facts.serviceInCountry('aws/connect', 'BR', NOW).status).toBe('absent')
    expect(value(facts.recoveryPairs('aws/connect', NOW))).toHaveLength(3)
  })

  test('no service of regions is in a country where the provider has none; ports are another matter', () => {
    for (const id of ['aws/connect', 'aws/chime-sdk', 'aws/ec2', 'aws/infrastructure', 'aws/lex']) {
      expect(facts.serviceInCountry(id, 'CL', NOW).status, id).toBe('absent')
    }
    expect(facts.serviceInCountry('aws/direct-connect', 'CL', NOW)).toMatchObject({ reason: 'not-covered' })
    expect(value(facts.serviceInCountry('azure/virtual-machines', 'CL', NOW))[0]?.code).toBe('chilecentral')
  })

  test('upstream service levels', () => {
    const connect = value(facts.upstreamServiceLevel('Amazon Connect', NOW))
    expect(connect.target).toBe('99.99')
    expect(connect.variants[0]?.credits.map((band) => band.credit)).toEqual(['5', '15', '100'])
    expect(value(facts.upstreamServiceLevel('Compute (EC2)', NOW)).variants[0]?.credits[1]?.credit).toBe('30')
    expect(value(facts.upstreamServiceLevel('Voice Connector', NOW)).service).toBe('aws/chime-sdk')
    expect(value(facts.upstreamServiceLevel('aws/s3', NOW)).target).toBe('99.9')
  })
})

describe('people', () => {
  const status = (text: string, asOf = NOW) => value(facts.certificateNamed(text, 'aws', asOf)).status
  test('a name may stand for several certificates', () => {
    const match = value(facts.certificateNamed('AWS Solutions Architect', 'aws', NOW))
    expect(match.certificates.map((each) => each.level)).toEqual(['associate', 'professional'])
    expect(
      value(facts.certificateNamed('AWS Certified Solutions Architect - Associate (SAA-C03)', 'aws', NOW)).certificates,
    ).toHaveLength(1)
  })
  test('retired only after the last day', () => {
    expect(status('AWS Machine Learning – Specialty', '2026-03-31')).toBe('offered')
    expect(status('AWS Machine Learning – Specialty', '2026-04-01')).toBe('retired')
    expect(status('AWS SysOps Administrator')).toBe('retired')
    expect(status('AWS CloudOps Engineer', '2025-01-01')).toBe('not-yet')
    expect(status('AWS DevOps Engineer')).toBe('offered')
  })
  test('no certificate of that name, with the reason where it is known', () => {
    expect(facts.certificateNamed('Amazon Connect Specialist', 'aws', NOW)).toMatchObject({
      status: 'absent',
      note: expect.any(String),
    })
    expect(facts.certificateNamed('AWS Barista', 'aws', NOW)).not.toHaveProperty('note')
  })
  test('the other providers', () => {
    for (const [text, provider] of [
      ['AZ-104', 'azure'],
      ['Azure Solutions Architect', 'azure'],
      ['Professional Cloud Architect', 'google'],
      ['OCI Architect Associate', 'oracle'],
    ] as const) {
      expect(value(facts.certificateNamed(text, provider, NOW)).status, text).toBe('offered')
    }
  })
})

describe('standards and responsibilities', () => {
  test.each([
    ['ISO 27001', 'iso-27001', 'unstated'],
    ['ISO/IEC 27001:2013', 'iso-27001', 'superseded'],
    ['ISO 27001 (2022)', 'iso-27001', 'current'],
    ['PCI DSS v3.2.1', 'pci-dss', 'superseded'],
    ['PCI DSS 4.0', 'pci-dss', 'superseded'],
    ['PCI DSS 4.0.1', 'pci-dss', 'current'],
    ['PCI DSS version 9', 'pci-dss', 'unlisted'],
    ['SOC 2 Type II', 'soc-2', 'unstated'],
    ['Ley 21.719', 'ley-21719', 'unstated'],
  ])('%s', (text, id, editionStatus) => {
    expect(value(facts.standardNamed(text, NOW))).toMatchObject({ standard: { id }, editionStatus })
  })
  test('an edition counts until its last day', () => {
    expect(value(facts.standardNamed('ISO 27001:2013', '2025-10-31')).editionStatus).toBe('current')
    expect(value(facts.standardNamed('PCI DSS 4.0', '2021-01-01')).editionStatus).toBe('not-yet')
  })
  test('whose they are', () => {
    const foreign = (text: string, country: string) =>
      facts.isForeignStandard(value(facts.standardNamed(text, NOW)).standard, country)
    expect([foreign('NHS DSPT', 'CL'), foreign('NHS DSPT', 'GB'), foreign('HIPAA', 'MX')]).toEqual([true, false, true])
    expect([foreign('ISO 27001', 'CL'), foreign('GDPR', 'CL'), foreign('DORA', 'ES'), foreign('DORA', 'CL')]).toEqual([
      false,
      false,
      false,
      true,
    ])
  })
  test('who answers, in two languages', () => {
    const answers = (text: string) => value(facts.responsibilityOf(text, 'aws', NOW)).answers
    expect(['Physical security', 'Seguridad física', 'Hypervisor'].map(answers)).toEqual([
      'provider',
      'provider',
      'provider',
    ])
    expect(['Data security', 'Gestión de accesos', 'Clasificación de datos'].map(answers)).toEqual([
      'customer',
      'customer',
      'customer',
    ])
    expect(['Network security', 'Compliance', 'Cumplimiento'].map(answers)).toEqual(['shared', 'shared', 'shared'])
  })
})

describe('names of providers and countries, currencies', () => {
  test.each([
    ['Amazon Web Services EMEA SARL', 'aws'],
    ['AWS', 'aws'],
    ['Amazon Web Services Perú S.R.L.', 'aws'],
    ['Microsoft Chile S.A.', 'azure'],
    ['Google Cloud EMEA Limited', 'google'],
    ['Oracle de México', 'oracle'],
    ['OCI', 'oracle'],
    ['WOM Communications PLC', undefined],
    ['Oracle Bone Museum', undefined],
  ])('%s', (text, id) => {
    expect(facts.providerNamed(text)?.id).toBe(id)
  })
  test('unions and their members, at a date', () => {
    const codes = (text: string) => facts.unionsIn(text).map((mention) => mention.value)
    expect(codes('stays in the European Union or the EEA')).toEqual(['EU', 'EEA'])
    expect(codes('dentro de la Unión Europea (UE)')).toEqual(['EU', 'EU'])
    expect(codes('eu-west-1 is in Ireland')).toEqual([])
    expect(value(facts.unionMembers('EU', NOW))).toHaveLength(27)
    expect(value(facts.unionMembers('EEA', NOW))).toEqual(expect.arrayContaining(['NO', 'IS', 'LI', 'SE']))
    expect(value(facts.unionMembers('EU', NOW))).not.toContain('GB')
    expect(facts.unionMembers('EU', '2019-06-30')).toMatchObject({ reason: 'before-validity' })
    expect(facts.unionMembers('MERCOSUR', NOW)).toMatchObject({ reason: 'not-covered' })
  })
  test('countries', () => {
    expect(
      ['Chile', 'chileno', 'Estados Unidos', 'Reino Unido', 'Brasil', 'EE.UU.'].map(
        (text) => facts.countryNamed(text)?.code,
      ),
    ).toEqual(['CL', 'CL', 'US', 'GB', 'BR', 'US'])
    expect(
      facts.countriesIn('the Chilean telecom asks us, not the US').map((each) => [each.text, each.value.code]),
    ).toEqual([
      ['Chilean', 'CL'],
      ['US', 'US'],
    ])
    expect(facts.countryByCode('cl')).toMatchObject({ spanish: 'Chile', currency: 'CLP', continent: 'SA' })
    expect(facts.providersIn('between AWS and Microsoft').map((each) => each.value.id)).toEqual(['aws', 'azure'])
    expect(facts.providers()).toHaveLength(4)
  })
  test('currencies', () => {
    expect(facts.currencyOfSign('$')?.currencies).toEqual(expect.arrayContaining(['USD', 'CLP', 'MXN']))
    expect(facts.currencyOfSign('US$')?.currencies).toEqual(['USD'])
    expect(facts.currencyOfSign('S/')?.currencies).toEqual(['PEN'])
    expect(facts.currencyOfSign('kr')?.currencies).toEqual(['SEK', 'NOK', 'DKK', 'ISK'])
    expect(facts.currencyOfSign('§')).toBeUndefined()
    expect(['CLP', 'USD', 'KWD', 'CLF', 'XXX'].map(facts.currencyDigits)).toEqual([0, 2, 3, 4, undefined])
    expect(['CLP', 'CLF', 'DEM', 'NUL', 'usd'].map(facts.isCurrencyCode)).toEqual([true, true, false, false, false])
  })
})

test('the facts do not load what nobody asks, and load a subject fast', () => {
  const began = performance.now()
  const fresh = loadFacts()
  expect(performance.now() - began).toBeLessThan(30)
  expect(Object.keys(fresh).length).toBeGreaterThan(30)
})
