import { z } from 'zod'
import { contract } from '../../route.ts'

const roles = z.array(z.string().max(50)).max(10)
const customers = z.array(z.string().max(200)).max(500)

const person = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    roles,
    customers,
    language: z.enum(['en', 'es']),
    disabled: z.boolean(),
    createdAt: z.string(),
    signIn: z.object({ password: z.boolean(), passkeys: z.number().int(), oidc: z.boolean() }),
  })
  .meta({ id: 'Person' })

const token = z
  .object({
    id: z.string(),
    name: z.string(),
    rights: z.array(z.string()),
    createdAt: z.string(),
    expiresAt: z.string(),
    lastUsedAt: z.string().nullable(),
    revokedAt: z.string().nullable(),
  })
  .meta({ id: 'Token' })

/** People, their roles, and tokens for programs. */
export const peopleContracts = {
  listPeople: contract({
    id: 'listPeople',
    method: 'GET',
    path: '/people',
    summary: 'People and their roles',
    allows: { right: 'people' },
    answer: z.object({ items: z.array(person) }),
  }),
  listRoles: contract({
    id: 'listRoles',
    method: 'GET',
    path: '/roles',
    summary: 'Roles with the families they see and the rights they give; customers that a user may belong to',
    allows: { right: 'people' },
    answer: z.object({
      roles: z.array(
        z.object({ id: z.string(), name: z.string(), families: z.array(z.string()), rights: z.array(z.string()) }),
      ),
      customers: z.array(z.string()),
    }),
  }),
  invitePerson: contract({
    id: 'invitePerson',
    method: 'POST',
    path: '/people',
    summary: 'Add a person; the answer holds a one-time link to send them',
    allows: { right: 'people' },
    body: z.object({
      name: z.string().min(1).max(200),
      email: z.string().min(3).max(254),
      roles,
      customers: customers.optional(),
      language: z.enum(['en', 'es']).optional(),
    }),
    answer: z.object({ person, link: z.string(), expiresAt: z.string() }),
    secret: true,
    status: 201,
  }),
  changePerson: contract({
    id: 'changePerson',
    method: 'PATCH',
    path: '/people/:id',
    summary: 'Change roles, customers, or disable',
    allows: { right: 'people' },
    params: z.object({ id: z.string().max(100) }),
    body: z.object({
      name: z.string().min(1).max(200).optional(),
      roles: roles.optional(),
      customers: customers.optional(),
      disabled: z.boolean().optional(),
    }),
    answer: person,
  }),
  resetPerson: contract({
    id: 'resetPerson',
    method: 'POST',
    path: '/people/:id/link',
    summary: 'A new one-time link by which a person chooses a password',
    allows: { right: 'people' },
    params: z.object({ id: z.string().max(100) }),
    answer: z.object({ link: z.string(), expiresAt: z.string() }),
    secret: true,
    status: 201,
  }),
  listTokens: contract({
    id: 'listTokens',
    method: 'GET',
    path: '/tokens',
    summary: 'One’s own tokens',
    allows: 'staff',
    answer: z.object({ items: z.array(token) }),
  }),
  makeToken: contract({
    id: 'makeToken',
    method: 'POST',
    path: '/tokens',
    summary: 'Make a token; its text is shown this once',
    allows: 'staff',
    body: z.object({
      name: z.string().min(1).max(100),
      rights: z.array(z.string().max(50)).max(30),
      days: z.number().int().min(1).max(366),
    }),
    answer: token.extend({ text: z.string() }),
    secret: true,
    status: 201,
  }),
  revokeToken: contract({
    id: 'revokeToken',
    method: 'DELETE',
    path: '/tokens/:id',
    summary: 'Revoke a token',
    allows: 'staff',
    params: z.object({ id: z.string().max(100) }),
  }),
}
