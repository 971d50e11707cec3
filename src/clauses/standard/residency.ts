import type { Clause } from '../../agreement/index.ts'
import type { Country, ProviderId, Service, Source } from '../../facts/index.ts'
import { message, type TraceNode, trace } from '../../language/index.ts'
import { declarationTrace, judgement, quoted, undetermined } from '../judging.ts'
import type { JudgeContext, Judgement } from '../room.ts'
import { cited, countryIn, providerOf } from '../world.ts'
import type { StandardTerms } from './terms.ts'

interface Place {
  country: Country
  text: string
}

/** A service that the text says is covered or live, and the words that say so. */
interface Used {
  service: Service
  clause: Clause
}

/**
 * STD-6, STD-7: data cannot have stayed in a country where a service in use was offered in no open region.
 * Undefined when the facts have nothing against the declaration.
 */
export function residencyAgainstFacts(clause: Clause<StandardTerms>, context: JudgeContext): Judgement | undefined {
  const place = placeOf(clause, context)
  const provider = providerOf(context)
  if (clause.terms.subject !== 'data-residency' || !place || !provider) return undefined
  const answers = servicesInUse(provider, context).map((used) => ({
    ...used,
    fact: context.facts.serviceInCountry(used.service.id, place.country.code, context.asOf),
  }))
  const declared = [quoted(clause, 'status'), declarationTrace(context), quoted(clause, 'requirement')]
  const absent = answers.filter(({ fact }) => fact.status === 'absent')
  const [first] = absent
  if (first) {
    const services = absent.map(({ service }) => service.name)
    const reason = message('standard.no-region', {
      services: [...new Set(services)],
      country: place.text,
      date: { date: context.asOf },
    })
    const against = absent.map(({ service, clause: said, fact }) =>
      noRegion(service, said, place, fact.source, context),
    )
    return judgement({ verdict: 'breached', reason, grade: 'declared' }, context, [...declared, ...against])
  }
  const unsure = answers.find(
    ({ fact }) => fact.status === 'not-checked' && isSilent(provider, place, fact.reason, context),
  )
  if (!unsure) return undefined
  const params = { service: unsure.service.name, country: place.text, date: { date: context.asOf } }
  const gap = trace('missing', message('standard.trace.not-checked', params), cited(unsure.fact.source))
  return undetermined(message('standard.not-checked', params), context, [...declared, quoted(unsure.clause), gap])
}

/** The country by its written code, or by the one name that the requirement holds. */
function placeOf(clause: Clause<StandardTerms>, context: JudgeContext): Place | undefined {
  const { country: code, requirement } = clause.terms
  const country = code === undefined ? undefined : context.facts.countryByCode(code)
  return country && code ? { country, text: code } : countryIn(requirement, context)
}

function servicesInUse(provider: ProviderId, context: JudgeContext): Used[] {
  const covered = context.judgements('service').map(({ clause }) => ({
    clause,
    text: (clause.terms as { service?: string }).service ?? clause.title,
  }))
  const live = context
    .judgements('implementation')
    .filter(({ clause }) => (clause.terms as { status?: string }).status === 'complete')
    .map(({ clause }) => ({ clause, text: (clause.terms as { subject?: string }).subject ?? clause.title }))
  const found = new Map<string, Used>()
  for (const { clause, text } of [...covered, ...live]) {
    const named = context.facts.serviceNamed(text, provider)
    const services = named ? [named] : context.facts.servicesIn(text, provider).map((each) => each.value)
    for (const service of services) {
      if (service.placement === 'regional' && !found.has(service.id)) found.set(service.id, { service, clause })
    }
  }
  return [...found.values()]
}

// A service whose regions nobody listed says nothing; a list that has ended, or cannot say for this date, leaves it open.
function isSilent(provider: ProviderId, place: Place, reason: string, context: JudgeContext): boolean {
  if (reason !== 'not-covered') return true
  return context.facts.regionsInCountry(provider, place.country.code, context.asOf).status === 'not-checked'
}

function noRegion(
  service: Service,
  said: Clause,
  place: Place,
  source: Source | undefined,
  context: JudgeContext,
): TraceNode {
  const params = { service: service.name, country: place.text, date: { date: context.asOf } }
  return trace('fact', message('standard.trace.no-region', params), { ...cited(source), children: [quoted(said)] })
}
