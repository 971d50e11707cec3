import type { PageManifest } from '../../frame/page.ts'

/** Settings: people and roles, tokens, sign-in and bill, audit. */
export const pages: PageManifest[] = [
  {
    id: 'settings-people',
    path: '/settings/people',
    title: 'settings.people',
    navigation: { group: 'administration', order: 10 },
    allows: (session) => session.rights.includes('people'),
    load: () => import('./PeoplePage.tsx'),
  },
  {
    id: 'settings-tokens',
    path: '/settings/tokens',
    title: 'settings.tokens',
    navigation: { group: 'administration', order: 20 },
    allows: (session) => !session.customer,
    load: () => import('./TokensPage.tsx'),
  },
  {
    id: 'settings-sign-in',
    path: '/settings/sign-in',
    title: 'settings.sign-in',
    navigation: { group: 'administration', order: 30 },
    allows: (session) => session.rights.includes('settings'),
    load: () => import('./SignInPage.tsx'),
  },
  {
    id: 'settings-audit',
    path: '/settings/audit',
    title: 'settings.audit',
    navigation: { group: 'administration', order: 40 },
    allows: (session) => session.rights.includes('audit'),
    load: () => import('./AuditPage.tsx'),
  },
]
