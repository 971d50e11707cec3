import { z } from 'zod'
import { message } from '../language/index.ts'
import type { Refused } from './fault.ts'
import { ROLES } from './roles.ts'

/** The name of the setting that says how a company's people sign in; its value is JSON. */
export const OPENID_SETTING = 'sign-in.openid'

const roles = z
  .array(z.enum(ROLES))
  .min(1)
  .refine((each) => !each.includes('customer'), 'a customer’s user is added by hand, with their customers')

const schema = z.strictObject({
  /** The provider, as its discovery document names it: https, or http on this machine. */
  issuer: z.url().refine(isSafe, 'https, or http on this machine'),
  clientId: z.string().min(1),
  /** What the button says. */
  label: z.string().min(1).max(60).default('OpenID Connect'),
  /** The claim with the email, and the one that says it is verified; a provider that verifies none finds only people it already knows. */
  emailClaim: z.string().min(1).default('email'),
  verifiedClaim: z.string().min(1).default('email_verified'),
  scopes: z.array(z.string().min(1)).default(['openid', 'email', 'profile']),
  /** With these, roles follow the company’s groups at each sign-in; who is in none of the groups is refused. */
  groups: z.strictObject({ claim: z.string().min(1), roles: z.record(z.string(), roles) }).optional(),
  /** With this, people who are not known are added; without it they are refused. */
  create: z.strictObject({ roles }).optional(),
})

/** How a company's people sign in. */
export type OpenIdConfig = z.infer<typeof schema> & { clientSecret?: string | undefined }

/**
 * Reads the setting; undefined when there is none. The client's secret is handed in apart and is no setting: those are audited and go
 * into back-ups.
 */
export function openIdConfig(
  settings: ReadonlyMap<string, string>,
  clientSecret?: string,
): OpenIdConfig | Refused | undefined {
  const text = settings.get(OPENID_SETTING)
  if (text === undefined || text.trim() === '') return undefined
  const parsed = schema.safeParse(jsonOf(text))
  if (parsed.success) return { ...parsed.data, clientSecret }
  const faults = parsed.error.issues.map((issue) => ({
    field: issue.path.join('.'),
    message: message('identity/openid-config', { field: issue.path.join('.') || OPENID_SETTING, why: issue.message }),
  }))
  return { refused: 'input', faults }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isSafe(issuer: string): boolean {
  if (!URL.canParse(issuer)) return false
  const { protocol } = new URL(issuer)
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(issuer))
}

/** Whether an address means this machine itself. */
export function isLoopback(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)
}
