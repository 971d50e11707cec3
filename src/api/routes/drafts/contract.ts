import { z } from 'zod'
import { contract, dates } from '../../route.ts'
import { draftEffect } from '../agreement/contract.ts'

const draft = z
  .object({
    id: z.string(),
    title: z.string(),
    text: z.string(),
    person: z.string(),
    updatedAt: z.string(),
    version: z.number().int(),
  })
  .meta({ id: 'AmendmentDraft' })
const text = z.string().max(200_000)
const id = z.object({ id: z.string().max(100) })

/** Drafts of amendments. */
export const draftContracts = {
  listDrafts: contract({
    id: 'listDrafts',
    method: 'GET',
    path: '/drafts',
    summary: 'Drafts of amendments',
    allows: { right: 'amend' },
    answer: z.object({ items: z.array(draft) }),
  }),
  makeDraft: contract({
    id: 'makeDraft',
    method: 'POST',
    path: '/drafts',
    summary: 'Begin a draft; without a text it starts from a form with today’s dates',
    allows: { right: 'amend' },
    body: z.object({
      title: z.string().min(1).max(200),
      text: text.optional(),
      clause: z.string().max(500).optional(),
    }),
    answer: draft,
    status: 201,
  }),
  getDraft: contract({
    id: 'getDraft',
    method: 'GET',
    path: '/drafts/:id',
    summary: 'One draft',
    allows: { right: 'amend' },
    params: id,
    answer: draft,
  }),
  saveDraft: contract({
    id: 'saveDraft',
    method: 'PUT',
    path: '/drafts/:id',
    summary: 'Save a draft; refused when somebody saved another version meanwhile',
    allows: { right: 'amend' },
    params: id,
    body: z.object({ title: z.string().min(1).max(200), text, version: z.number().int() }),
    answer: draft,
  }),
  removeDraft: contract({
    id: 'removeDraft',
    method: 'DELETE',
    path: '/drafts/:id',
    summary: 'Throw a draft away',
    allows: { right: 'amend' },
    params: id,
  }),
  tryDraft: contract({
    id: 'tryDraft',
    method: 'POST',
    path: '/drafts/effect',
    summary: 'What a draft would do: problems, findings that come and go, and the standing it would give once signed',
    allows: { right: 'amend' },
    query: dates,
    body: z.object({ text }),
    answer: draftEffect,
  }),
}
