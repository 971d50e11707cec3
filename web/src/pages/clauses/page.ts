import type { PageManifest } from '../../frame/page.ts'

/** All clauses by family, and one clause with everything that concerns it. */
export const pages: PageManifest[] = [
  {
    id: 'clauses',
    path: '/clauses',
    title: 'clauses.title',
    navigation: { group: 'standing', order: 20 },
    load: () => import('./ClausesPage.tsx'),
  },
  {
    id: 'clause',
    path: '/clauses/$kind/$name',
    title: 'clauses.one',
    load: () => import('./ClausePage.tsx'),
  },
]
