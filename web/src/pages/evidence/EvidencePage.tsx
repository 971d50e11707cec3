import { useRead, useWords } from '../../frame/index.ts'
import { Fault, Loading, StaleNote } from '../../parts/index.ts'
import { DatasetTable } from './DatasetTable.tsx'
import { EvidenceFrame } from './EvidenceFrame.tsx'
import { MissingTable } from './MissingTable.tsx'

/** What evidence there is, how fresh, and what is missing and how to get it. */
export default function EvidencePage() {
  const say = useWords()
  const { data, error, isLoading, isStale, refetch } = useRead('/evidence')
  return (
    <EvidenceFrame title={say('evidence.title')} description={say('evidence.about')}>
      {error !== null && <Fault error={error} retry={refetch} />}
      {isLoading && <Loading />}
      {data !== undefined && (
        <div>
          <StaleNote isStale={isStale} />
          <MissingTable clauses={data.clauses} />
        </div>
      )}
      {data !== undefined && <DatasetTable datasets={data.datasets} />}
    </EvidenceFrame>
  )
}
