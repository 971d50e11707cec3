import { type ComponentType, type LazyExoticComponent, lazy, Suspense } from 'react'
import type { PageManifest } from './page.ts'
import { useSession } from './session.tsx'

const loaded = new Map<string, LazyExoticComponent<ComponentType>>()

/** What pages tell in the bar at the top, such as that something is being imported. */
export function Signs({ manifests }: { manifests: readonly PageManifest[] }) {
  const session = useSession()
  return manifests
    .filter((page) => page.sign && page.allows?.(session) !== false)
    .map((page) => {
      const Sign = signOf(page)
      return (
        <Suspense key={page.id} fallback={null}>
          <Sign />
        </Suspense>
      )
    })
}

function signOf({ id, sign }: PageManifest): LazyExoticComponent<ComponentType> {
  const known = loaded.get(id)
  if (known) return known
  const made = lazy(sign as NonNullable<PageManifest['sign']>)
  loaded.set(id, made)
  return made
}
