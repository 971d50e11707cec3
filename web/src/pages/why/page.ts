import type { PageManifest } from '../../frame/page.ts'

/** Why a clause stands where it stands: its trace, beside its words and the evidence. */
export const pages: PageManifest[] = [
  {
    id: 'why',
    path: '/why/$kind/$name',
    title: 'why.title',
    load: () => import('./WhyPage.tsx'),
  },
]
