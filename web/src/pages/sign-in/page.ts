import type { PageManifest } from '../../frame/page.ts'

/** Coming in, and one's own account. */
export const pages: PageManifest[] = [
  { id: 'sign-in', path: '/sign-in', title: 'sign-in.title', open: true, load: () => import('./SignInPage.tsx') },
  {
    id: 'first-administrator',
    path: '/first-administrator',
    title: 'sign-in.first',
    open: true,
    load: () => import('./FirstPage.tsx'),
  },
  {
    id: 'invitation',
    path: '/invitation',
    title: 'sign-in.invitation',
    open: true,
    load: () => import('./InvitationPage.tsx'),
  },
  { id: 'account', path: '/account', title: 'account.title', load: () => import('./AccountPage.tsx') },
]
