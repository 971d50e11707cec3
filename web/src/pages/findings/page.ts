import type { PageManifest } from '../../frame/page.ts'

/** What contradicts, is missing or does not add up. */
export const pages: PageManifest[] = [
  {
    id: 'findings',
    path: '/findings',
    title: 'findings.title',
    navigation: { group: 'agreement', order: 15 },
    allows: (session) => !session.customer,
    load: () => import('./FindingsPage.tsx'),
  },
]
