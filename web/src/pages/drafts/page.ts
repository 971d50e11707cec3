import type { PageManifest, Session } from '../../frame/page.ts'

const mayAmend = (session: Session) => session.rights.includes('amend')

/** Drafts of amendments, and the editor that shows what one would do. */
export const pages: PageManifest[] = [
  {
    id: 'drafts',
    path: '/drafts',
    title: 'drafts.title',
    navigation: { group: 'agreement', order: 30 },
    allows: mayAmend,
    load: () => import('./DraftsPage.tsx'),
  },
  {
    id: 'drafts-new',
    path: '/drafts/new',
    title: 'drafts.new',
    allows: mayAmend,
    load: () => import('./NewDraftPage.tsx'),
  },
  {
    id: 'draft',
    path: '/drafts/$id',
    title: 'drafts.draft',
    allows: mayAmend,
    load: () => import('./DraftPage.tsx'),
  },
]
