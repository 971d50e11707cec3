/**
 * What this room hands out. Two sorts of question:
 *
 * - *Recognisers* (`…Named`, `…In`, `looksLike…`) say what a word means. A name does not expire, so they take no date.
 * - *Lookups* claim something about the world at a date and return a `Fact`, which can say "not checked".
 */
import type { Country, CurrencySign } from './country-types.ts'

export type * from './country-types.ts'

/** An ISO date, `YYYY-MM-DD`. */
export type DateText = string
/** A date known to the day, the month or the year: `2021-11-24`, `2021-11` or `2021`. */
export type PartialDate = string
/** A decimal number as text, such as `99.99`: facts never pass through a binary float. */
export type DecimalText = string

/** The providers that the lists know. */
export type ProviderId = 'aws' | 'azure' | 'google' | 'oracle'

/** How far a source can be leaned on; a check may lower the confidence of its finding by it. */
export type SourceConfidence = 'documented' | 'secondary' | 'general-knowledge'

/** Where an entry comes from, and the days for which it answers. */
export interface Source {
  title: string
  url?: string
  /** The package that carries the list, such as `@aws-sdk/core@3.981.1`. */
  package?: string
  confidence: SourceConfidence
  readOn: DateText
  validFrom: DateText
  /** The last day for which the list answers; after it the answer is `not-checked`. */
  validUntil: DateText
}

/** Why a list cannot say: the day lies outside its validity, or the thing outside its scope. */
export type NotCheckedReason = 'past-validity' | 'before-validity' | 'not-covered'

/**
 * `known`: the list has it. `absent`: the list covers this and it is not in it. `not-checked`: the list cannot say;
 * never to be read as a pass.
 */
export type Fact<T> =
  | { status: 'known'; value: T; source: Source }
  | { status: 'absent'; source: Source; note?: string }
  | { status: 'not-checked'; reason: NotCheckedReason; source?: Source; note?: string }

/** A name found inside a longer text; `start` and `end` are offsets into that text. */
export interface Mention<T> {
  value: T
  text: string
  start: number
  end: number
}

// ---------------------------------------------------------------------------------------------------- providers

/** A cloud provider with the names it goes by. */
export interface Provider {
  id: ProviderId
  /** `Amazon Web Services`. */
  name: string
  /** `AWS`. */
  short: string
  aliases: readonly string[]
  legalEntities: readonly LegalEntity[]
}

/** A company of a provider that signs agreements. */
export interface LegalEntity {
  name: string
  /** ISO 3166 code of the country where it is registered. */
  country: string
}

// ------------------------------------------------------------------------------------------------------ regions

/** `announced`: planned, or known to open later than the date asked. `unknown`: the list cannot say for that date. */
export type RegionStatus = 'open' | 'announced' | 'closed' | 'unknown'
/**
 * Who may use it: everybody, those with a reason (recovery inside the country), the one customer it was built for, a government
 * and its suppliers, users of a separately operated cloud. Classified and dedicated ones are found by code only.
 */
export type RegionAccess = 'public' | 'restricted' | 'dedicated' | 'government' | 'sovereign' | 'china' | 'classified'

/** A region of a provider: where it is, who may use it, and since when. */
export interface Region {
  provider: ProviderId
  /** `eu-west-2`. */
  code: string
  /** The provider's own name: `Europe (London)`. */
  name: string
  city?: string
  /** ISO 3166 code; absent where the provider does not disclose it. */
  country?: string
  access: RegionAccess
  opened?: PartialDate
  announced?: PartialDate
  closed?: PartialDate
  note?: string
}

/** A region as it stands at the date asked. */
export interface RegionAt extends Region {
  status: RegionStatus
}

/**
 * One name in a text, with every region that bears it ("Santiago" is a region of several providers). `country`: the text names a
 * country and the provider calls its region by that name ("Ireland"); the text may well mean the country.
 */
export interface RegionNames {
  kind: 'name' | 'city' | 'country'
  regions: readonly Region[]
}

/** Infrastructure of a region placed in another country: data may live there, but it is not a region. */
export interface LocalZone {
  provider: ProviderId
  code: string
  city: string
  country: string
  parentRegion: string
  opened?: PartialDate
}

// ----------------------------------------------------------------------------------------------------- services

/** What a service is for. */
export type ServiceKind =
  | 'ai'
  | 'analytics'
  | 'compute'
  | 'communications'
  | 'connectivity'
  | 'contact-centre'
  | 'containers'
  | 'database'
  | 'infrastructure'
  | 'integration'
  | 'management'
  | 'marketplace'
  | 'network'
  | 'security'
  | 'storage'
  | 'support'
  | 'training'

/** `location`: ports at named places (Direct Connect). `global`: not bound to a region (Support, DNS). */
export type ServicePlacement = 'regional' | 'location' | 'global'

/** A service of a provider. */
export interface Service {
  /** `aws/connect`. */
  id: string
  provider: ProviderId
  /** `Amazon Connect`. */
  name: string
  aliases: readonly string[]
  kind: ServiceKind
  placement: ServicePlacement
  /** A family ("AWS Infrastructure") stands for every service of these kinds. Empty for a single service. */
  covers: readonly ServiceKind[]
  /** The service that this one is a part of (`aws/chime-voice-connector` of `aws/chime-sdk`). */
  partOf?: string
}

/** `covers`: a is a family or a whole that contains b. `unknown`: one of the two was not recognised. */
export type ServiceRelation = 'same' | 'covers' | 'covered-by' | 'different' | 'unknown'

/** `full`: the service is offered there. `replica`: only as the second half of a recovery pair. */
export interface ServiceRegion {
  code: string
  country?: string
  role: 'full' | 'replica'
  since?: PartialDate
}

/** Two regions between which a service can fail over. */
export interface RecoveryPair {
  service: string
  from: string
  to: string
  /** `both`: either may be the source. `one-way`: `to` serves as a replica only. */
  direction: 'both' | 'one-way'
}

// ------------------------------------------------------------------------------------------------ service levels

/** A band of a provider's own service level with its credit. */
export interface CreditBand {
  /** The band holds below this per cent … */
  below: DecimalText
  /** … and from this one upward (`0` in the last). */
  atLeast: DecimalText
  /** Per cent of the monthly charge given back. */
  credit: DecimalText
}

/** One of the levels that a provider promises for a service, with its credits. */
export interface UpstreamVariant {
  /** When this level applies; absent for a service with one level. */
  when?: string
  target: DecimalText
  credits: readonly CreditBand[]
}

/** What the provider itself promises for a service. */
export interface UpstreamServiceLevel {
  service: string
  measure: string
  window: 'calendar-month' | 'billing-month'
  scope: string
  /** The highest target that the provider offers under any variant. */
  target: DecimalText
  /** Highest target first. */
  variants: readonly UpstreamVariant[]
  /** The claim's deadline, in the provider's words, shortened. */
  claimBy?: string
  /** Date printed on the provider's page. */
  published?: DateText
}

// ------------------------------------------------------------------------------------------------- certificates

/** How far a certificate goes; the names differ between providers. */
export type CertificateLevel = 'foundational' | 'associate' | 'professional' | 'specialty' | 'expert'
/** Whether a certificate can be earned at the date asked. */
export type CertificateStatus = 'offered' | 'retired' | 'not-yet'

/** A certificate of persons as it stands at the date asked. */
export interface Certificate {
  /** `aws/security-specialty`. */
  id: string
  provider: ProviderId
  name: string
  level: CertificateLevel
  introduced?: PartialDate
  /** Last day on which the examination could be taken. */
  retired?: PartialDate
  /** The certificate that took its place. */
  replacedBy?: string
  status: CertificateStatus
}

/** A text may stand for several ("AWS Solutions Architect": Associate or Professional). */
export interface CertificateMatch {
  certificates: readonly Certificate[]
  /** `retired` only when every candidate is retired. */
  status: CertificateStatus
}

/** What a provider asks of its partners of one tier. */
export interface PartnerTier {
  provider: ProviderId
  tier: string
  /** `accredited people` and so on: the least number of people. */
  minimums: {
    accreditedTechnical: number
    accreditedBusiness: number
    foundationalCertified: number
    technicalCertified: number
    /** Of the technical certified, at professional or specialty level. */
    professionalOrSpecialty: number
    launchedOpportunities: number
  }
  /** Monthly recurring revenue of the launched opportunities. */
  monthlyRecurringRevenue: { amount: DecimalText; currency: string }
}

// ----------------------------------------------------------------------------------------------------- standards

/** An edition of a standard, and what took its place. */
export interface StandardEdition {
  edition: string
  published?: PartialDate
  /** From the day after this, certificates to this edition no longer count. */
  supersededOn?: DateText
  supersededBy?: string
}

/** A standard or law: whose it is, and its editions. */
export interface Standard {
  id: string
  name: string
  kind: 'certification' | 'attestation' | 'law' | 'framework' | 'programme'
  /**
   * `international`: asked for everywhere. `domestic`: belongs to the countries listed. `extraterritorial`: a law of those
   * countries that may bind others too.
   */
  reach: 'international' | 'domestic' | 'extraterritorial'
  /** ISO 3166 codes; `EU` stands for the European Union. Empty when international. */
  countries: readonly string[]
  sector?: string
  editions: readonly StandardEdition[]
  inForce?: DateText
}

/** A standard that a text names, and how its edition stands at the date asked. */
export interface StandardMatch {
  standard: Standard
  /** The edition that the text names, if it names one of those listed. */
  edition?: StandardEdition
  /** `unstated`: the text names none. `unlisted`: it names one that the list lacks. */
  editionStatus: 'current' | 'superseded' | 'not-yet' | 'unstated' | 'unlisted'
}

// ------------------------------------------------------------------------------------ responsibility and holidays

/** Who answers for an area by the providers' published models. */
export interface Responsibility {
  area: string
  name: string
  /** `customer`: whoever uses the cloud account (the partner or its customer), never the provider. */
  answers: 'provider' | 'customer' | 'shared'
}

/** A holiday of a country. */
export interface Holiday {
  date: DateText
  /** Several days (a feast over two days) end on this one. */
  until?: DateText
  name: string
  kind: 'public' | 'bank' | 'school' | 'optional' | 'observance'
}

// ----------------------------------------------------------------------------------------------------- the facts

/** Everything that can be asked about the world. */
export interface Facts {
  // recognisers: what a word means; `undefined` or empty says "not recognised", never "does not exist"
  providers(): readonly Provider[]
  /** The whole text is a provider's name, alias or legal entity (legal suffixes and "the" are forgiven). */
  providerNamed(text: string): Provider | undefined
  providersIn(text: string): readonly Mention<Provider>[]
  countryNamed(text: string): Country | undefined
  countryByCode(iso2: string): Country | undefined
  countriesIn(text: string): readonly Mention<Country>[]
  /** Codes of the unions that a text names: `EU` (European Union), `EEA` (European Economic Area). */
  unionsIn(text: string): readonly Mention<string>[]
  /** `$`, `US$`, `S/`, `kr`, `€` … */
  currencyOfSign(sign: string): CurrencySign | undefined
  isCurrencyCode(code: string): boolean
  /** Digits after the decimal point (CLP 0, USD 2, KWD 3). */
  currencyDigits(code: string): number | undefined
  /** Names and cities of regions inside a text, in English, Spanish or Portuguese, of one provider or of all. */
  regionsNamed(text: string, provider?: ProviderId): readonly Mention<RegionNames>[]
  /** Has the form of some provider's region code; says nothing about its existence. */
  looksLikeRegionCode(text: string, provider?: ProviderId): boolean
  /** Every word of a text that has the form of a region code. Azure's codes have no form: only listed ones are found. */
  regionCodesIn(text: string, provider?: ProviderId): readonly Mention<string>[]
  serviceById(id: string): Service | undefined
  /** Services that are offered apart and belong to this one (`aws/chime-voice-connector` to `aws/chime-sdk`). */
  partsOf(id: string): readonly Service[]
  /** `Compute (EC2)`, `Direct Connect`, `Storage (S3)`: the whole text is a service's name. */
  serviceNamed(text: string, provider?: ProviderId): Service | undefined
  servicesIn(text: string, provider?: ProviderId): readonly Mention<Service>[]
  /** Kinds that a text speaks of: `Compute/storage` gives compute and storage. */
  serviceKindsIn(text: string): readonly ServiceKind[]
  /** How two texts that name services relate; append a description to narrow a family ("AWS Infrastructure: compute"). */
  sameService(a: string, b: string, provider?: ProviderId): ServiceRelation

  // lookups: what is so at a date
  /** ISO 3166 codes of a union's members: `EU`, `EEA`. */
  unionMembers(code: string, asOf: DateText): Fact<readonly string[]>
  /** Without a provider: the first that has the code (codes of different providers do not collide in these lists). */
  regionByCode(provider: ProviderId | undefined, code: string, asOf: DateText): Fact<RegionAt>
  /** Regions open at that date. `absent`: the list covers the country and none was open. */
  regionsInCountry(provider: ProviderId, iso2: string, asOf: DateText): Fact<readonly RegionAt[]>
  /** Regions announced and not open at that date. */
  regionsAnnouncedIn(provider: ProviderId, iso2: string, asOf: DateText): Fact<readonly RegionAt[]>
  /** Regions of which the list cannot say whether they were open: a count of the open ones is no proof of "only". */
  regionsUncertainIn(provider: ProviderId, iso2: string, asOf: DateText): Fact<readonly RegionAt[]>
  localZonesInCountry(provider: ProviderId, iso2: string, asOf: DateText): Fact<readonly LocalZone[]>
  /** Takes a service's id or name. Not a regional service: `not-checked`, `not-covered`. */
  serviceRegions(service: string, asOf: DateText): Fact<readonly ServiceRegion[]>
  serviceInRegion(service: string, region: string, asOf: DateText): Fact<ServiceRegion>
  serviceInCountry(service: string, iso2: string, asOf: DateText): Fact<readonly ServiceRegion[]>
  recoveryPairs(service: string, asOf: DateText): Fact<readonly RecoveryPair[]>
  upstreamServiceLevel(service: string, asOf: DateText): Fact<UpstreamServiceLevel>
  certificateNamed(text: string, provider: ProviderId, asOf: DateText): Fact<CertificateMatch>
  partnerTier(provider: ProviderId, tierName: string, asOf: DateText): Fact<PartnerTier>
  standardNamed(text: string, asOf: DateText): Fact<StandardMatch>
  /** A domestic standard of other countries than this one. Extraterritorial laws and international standards never are. */
  isForeignStandard(standard: Standard, iso2: string): boolean
  responsibilityOf(area: string, provider: ProviderId, asOf: DateText): Fact<Responsibility>
  /** A hint: computed by `date-holidays`, which knows rules, not decrees. */
  holidays(country: string, year: number): Fact<readonly Holiday[]>
  isHoliday(country: string, date: DateText): Fact<Holiday>
}
