import type { RouteContract } from './route.ts'
import { agreementContracts } from './routes/agreement/contract.ts'
import { draftContracts } from './routes/drafts/contract.ts'
import { evidenceContracts } from './routes/evidence/contract.ts'
import { importContracts } from './routes/imports/contract.ts'
import { peopleContracts } from './routes/people/contract.ts'
import { sessionContracts } from './routes/session/contract.ts'
import { settingsContracts } from './routes/settings/contract.ts'
import { standingContracts } from './routes/standing/contract.ts'
import { systemContracts } from './routes/system/contract.ts'

/** Every route of the interface; a test keeps the list complete. */
export function contracts(): RouteContract[] {
  return [
    sessionContracts,
    standingContracts,
    agreementContracts,
    draftContracts,
    evidenceContracts,
    importContracts,
    peopleContracts,
    settingsContracts,
    systemContracts,
  ].flatMap((slice) => Object.values(slice) as unknown as RouteContract[])
}
