import { z } from 'zod'
import { contract, pageOf, paging } from '../../route.ts'

const roles = z.array(z.string().max(50)).max(10)

/** How a company's people sign in by OpenID Connect. */
const provider = z.object({
  /** What the button says. */
  name: z.string().min(1).max(60),
  issuer: z.url().max(500),
  clientId: z.string().min(1).max(300),
  /** Roles of people nobody has added; without any they may not sign in. */
  newPeople: roles,
  /** With these, roles follow the company's groups at each sign-in. */
  groups: z
    .object({ claim: z.string().min(1).max(100), roles: z.record(z.string().max(200), roles) })
    .nullable()
    .optional(),
})

/** How the installation works, and what was done in it. */
export const settingsContracts = {
  getSettings: contract({
    id: 'getSettings',
    method: 'GET',
    path: '/settings',
    summary: 'Settings of the installation',
    allows: { right: 'settings' },
    answer: z
      .object({
        billSource: z.enum(['focus', 'cur']).nullable(),
        provider: provider.extend({ hasSecret: z.boolean() }).nullable(),
        /** Where the company's provider has to send people back to. */
        redirectUri: z.string(),
      })
      .meta({ id: 'Settings' }),
  }),
  changeSettings: contract({
    id: 'changeSettings',
    method: 'PUT',
    path: '/settings/bill-source',
    summary: 'Which counts when a month’s bill comes in two shapes',
    allows: { right: 'settings' },
    body: z.object({ value: z.enum(['focus', 'cur']) }),
  }),
  setProvider: contract({
    id: 'setProvider',
    method: 'PUT',
    path: '/settings/provider',
    summary: 'Let a company’s people sign in by OpenID Connect',
    allows: { right: 'settings' },
    body: provider.extend({
      clientSecret: z.string().max(1000).optional().describe('never given back; the one before stays when absent'),
    }),
  }),
  removeProvider: contract({
    id: 'removeProvider',
    method: 'DELETE',
    path: '/settings/provider',
    summary: 'End the company’s sign-in',
    allows: { right: 'settings' },
  }),
  listAudit: contract({
    id: 'listAudit',
    method: 'GET',
    path: '/audit',
    summary: 'Everything that was done, newest first',
    allows: { right: 'audit' },
    query: paging.extend({
      action: z.string().max(100).optional(),
      actor: z.string().max(200).optional(),
      format: z.enum(['json', 'csv']).optional(),
    }),
    answer: pageOf(
      z.object({
        seq: z.number().int(),
        at: z.string(),
        actor: z.string(),
        /** The person's name, for whoever may know it. */
        actorText: z.string(),
        action: z.string(),
        subject: z.string(),
        detail: z.record(z.string(), z.unknown()),
        hash: z.string(),
      }),
    ),
    csv: true,
  }),
  verifyAudit: contract({
    id: 'verifyAudit',
    method: 'POST',
    path: '/audit/verification',
    summary: 'Recompute the whole chain',
    allows: { right: 'audit' },
    answer: z.object({ entries: z.number().int(), sound: z.boolean(), fault: z.string().nullable() }),
  }),
}
