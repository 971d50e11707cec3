import type { BoundRoute } from './asked.ts'
import { agreementRoutes } from './routes/agreement/index.ts'
import { draftRoutes } from './routes/drafts/index.ts'
import { evidenceRoutes } from './routes/evidence/index.ts'
import { importRoutes } from './routes/imports/index.ts'
import { peopleRoutes } from './routes/people/index.ts'
import { sessionRoutes } from './routes/session/index.ts'
import { settingsRoutes } from './routes/settings/index.ts'
import { standingRoutes } from './routes/standing/index.ts'
import { systemRoutes } from './routes/system/index.ts'

/** Every route with what fulfils it; a test holds it against the contracts. */
export const routes: readonly BoundRoute[] = [
  ...sessionRoutes,
  ...standingRoutes,
  ...agreementRoutes,
  ...draftRoutes,
  ...evidenceRoutes,
  ...importRoutes,
  ...peopleRoutes,
  ...settingsRoutes,
  ...systemRoutes,
]
