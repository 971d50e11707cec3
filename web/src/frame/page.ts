import type { Shape } from '@client'
import type { ComponentType } from 'react'

/** Who is signed in, as the server tells it. */
export type Session = Shape<'Session'>

/** A group of the side navigation. */
export type NavigationGroup = 'standing' | 'agreement' | 'evidence' | 'administration'

/** What a page's folder says of it in its `page.ts`; nothing else is edited to add a page. */
export interface PageManifest {
  id: string
  /** In the router's form, such as `/clauses/$kind/$name`. */
  path: string
  /** The id of its title's words. */
  title: string
  /** Where the side navigation shows it; absent: nowhere. */
  navigation?: { group: NavigationGroup; order: number }
  /** Whether this person may open it; absent: everybody who is signed in. */
  allows?: (session: Session) => boolean
  /** Shown without the frame and to people who are not signed in, such as the sign-in itself. */
  open?: true
  load: () => Promise<{ default: ComponentType }>
  /** What the page tells in the bar at the top, whatever page is open; nothing when it has nothing to tell. */
  sign?: () => Promise<{ default: ComponentType }>
}
