import { isRefused, type OpenIdConfig, type Refused } from '../../../identity/index.ts'
import { type Asked, type BoundRoute, bound, HIJACKED, type Services } from '../../asked.ts'
import { COMPANY, companySignIn, redirectUriOf } from '../../company.ts'
import { notFound } from '../../refused.ts'
import { cookieOf, enter } from './begin.ts'
import { sessionContracts } from './contract.ts'

const BINDING = 'convenio-openid'
const BINDING_S = 600

const begin = bound(sessionContracts.beginOpenId, async (asked) => {
  const { services, params, query, reply } = asked
  const config = await companyOf(services, params.provider)
  const origin = services.origin()
  const to = { redirectUri: redirectUriOf(origin), returnTo: pathOf(query.to ?? '/', origin) }
  const begun = await services.identity.openId.begin(config, to)
  if (isRefused(begun)) return refusedTo(asked, begun)
  reply.setCookie(BINDING, begun.binding, { ...bindingCookie(services), maxAge: BINDING_S })
  reply.redirect(begun.url)
  return HIJACKED
})

const end = bound(sessionContracts.endOpenId, async (asked) => {
  const { services, params, request, reply } = asked
  const config = await companyOf(services, params.provider)
  const query = request.url.split('?')[1] ?? ''
  const came = { query, binding: request.cookies[BINDING] ?? '', address: request.ip }
  const finished = await services.identity.openId.finish(config, came)
  reply.clearCookie(BINDING, bindingCookie(services))
  if (isRefused(finished)) return refusedTo(asked, finished)
  await enter(asked, finished.person, 'oidc')
  reply.redirect(pathOf(finished.returnTo, services.origin()))
  return HIJACKED
})

async function companyOf({ ledger }: Services, provider: string): Promise<OpenIdConfig> {
  const config = provider === COMPANY ? await companySignIn(ledger) : undefined
  if (!config) throw notFound()
  return config
}

function bindingCookie(services: Services) {
  return { ...cookieOf(services), path: '/api/v1/openid' }
}

// A browser is here, not the page's own code: the page is told by its address.
function refusedTo({ reply }: Asked, refused: Refused): typeof HIJACKED {
  const id = refused.faults[0]?.message.id.replace(/^identity\//, '') ?? 'openid-refused'
  reply.redirect(`/sign-in?fault=${encodeURIComponent(id)}`)
  return HIJACKED
}

/** A page of ours that an address means; the first page when it would lead anywhere else. */
export function pathOf(to: string, origin: string): string {
  if (!to.startsWith('/') || !URL.canParse(to, origin)) return '/'
  const { origin: reached, pathname, search, hash } = new URL(to, origin)
  // Two slashes would name another machine.
  if (reached !== new URL(origin).origin || pathname.startsWith('//')) return '/'
  return `${pathname}${search}${hash}`
}

/** Signing in at the company's own provider. */
export const openIdRoutes: BoundRoute[] = [begin, end]
