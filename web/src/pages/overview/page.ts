import type { PageManifest } from '../../frame/page.ts'

/** The first page: where the agreement stands. */
export const pages: PageManifest[] = [
  {
    id: 'overview',
    path: '/',
    title: 'overview.title',
    navigation: { group: 'standing', order: 10 },
    load: () => import('./OverviewPage.tsx'),
  },
]
