import {
  createBrowserHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  useMatches,
} from '@tanstack/react-router'
import { type ComponentType, lazy } from 'react'
import { Entrance } from './Entrance.tsx'
import { PageBoundary } from './PageBoundary.tsx'
import type { PageManifest } from './page.ts'
import { goBy } from './places.tsx'
import { Shell } from './Shell.tsx'
import { readSearch, type Search, writeSearch } from './search.ts'
import { UnknownPage } from './UnknownPage.tsx'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    manifest?: PageManifest
    page?: ComponentType
  }
}

const found = import.meta.glob<{ pages: PageManifest[] }>('../pages/*/page.ts', { eager: true })

/** Every page's manifest, as the folders below `pages` give them. */
export const manifests: readonly PageManifest[] = Object.values(found).flatMap((file) => file.pages)

/** The router of all pages. Every search parameter is text; the dates are checked on entry. */
export function makeRouter() {
  const root = createRootRoute({
    validateSearch: (search: Record<string, unknown>): Search => readSearch(writeSearch(search)),
    component: Entrance,
    notFoundComponent: UnknownInFrame,
  })
  const framed = createRoute({ getParentRoute: () => root, id: 'framed', component: Framed })
  const pageRoute = (manifest: PageManifest, parent: typeof root | typeof framed) =>
    createRoute({
      getParentRoute: () => parent,
      path: manifest.path,
      component: PageRoute,
      staticData: { manifest, page: lazy(manifest.load) },
    })
  const open = manifests.filter((manifest) => manifest.open).map((manifest) => pageRoute(manifest, root))
  const inside = manifests.filter((manifest) => !manifest.open).map((manifest) => pageRoute(manifest, framed))
  const router = createRouter({
    routeTree: root.addChildren([...open, framed.addChildren(inside)]),
    history: createBrowserHistory(),
    parseSearch: readSearch,
    stringifySearch: writeSearch,
    scrollRestoration: true,
    // A filter that changes is the same place; only another page begins at its top.
    getScrollRestorationKey: ({ pathname, state }) => `${state.__TSR_index} ${pathname}`,
    trailingSlash: 'never',
  })
  goBy(router)
  return router
}

function UnknownInFrame() {
  return (
    <Shell manifests={manifests}>
      <UnknownPage />
    </Shell>
  )
}

function Framed() {
  return (
    <Shell manifests={manifests}>
      <Outlet />
    </Shell>
  )
}

function PageRoute() {
  const { manifest, page } = useMatches({ select: (matches) => matches.at(-1)?.staticData }) ?? {}
  return manifest && page ? <PageBoundary key={manifest.id} manifest={manifest} page={page} /> : <UnknownPage />
}
