import type { PageManifest } from '../../frame/page.ts'

/** Evidence: what there is, what is missing, imports, facts and rows. */
export const pages: PageManifest[] = [
  {
    id: 'evidence',
    path: '/evidence',
    title: 'evidence.title',
    navigation: { group: 'evidence', order: 10 },
    allows: (session) => !session.customer,
    load: () => import('./EvidencePage.tsx'),
  },
  {
    id: 'imports',
    path: '/evidence/imports',
    title: 'evidence.imports',
    navigation: { group: 'evidence', order: 20 },
    allows: (session) => session.rights.includes('imports'),
    load: () => import('./ImportsPage.tsx'),
    sign: () => import('./ActivitySign.tsx'),
  },
  {
    id: 'import',
    path: '/evidence/imports/$id',
    title: 'evidence.import',
    allows: (session) => session.rights.includes('imports'),
    load: () => import('./ImportPage.tsx'),
  },
  {
    id: 'facts',
    path: '/evidence/facts',
    title: 'evidence.facts',
    navigation: { group: 'evidence', order: 30 },
    allows: () => true,
    load: () => import('./FactsPage.tsx'),
  },
  {
    id: 'rows',
    path: '/evidence/rows',
    title: 'evidence.rows',
    navigation: { group: 'evidence', order: 40 },
    allows: () => true,
    load: () => import('./RowsPage.tsx'),
  },
]
