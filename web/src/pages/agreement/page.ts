import type { PageManifest } from '../../frame/page.ts'

/** The document itself, and its versions. */
export const pages: PageManifest[] = [
  {
    id: 'agreement',
    path: '/agreement',
    title: 'agreement.title',
    navigation: { group: 'agreement', order: 10 },
    allows: (session) => !session.customer,
    load: () => import('./AgreementPage.tsx'),
  },
  {
    id: 'agreement-versions',
    path: '/versions',
    title: 'agreement.versions.title',
    navigation: { group: 'agreement', order: 20 },
    allows: (session) => !session.customer,
    load: () => import('./VersionsPage.tsx'),
  },
]
