import type { Shape } from '@client'
import Alert from '@cloudscape-design/components/alert'
import { useState } from 'react'
import { Link, useCan, useFormat, usePathParams, useRead, useWords } from '../../frame/index.ts'
import { DataTable, DateText, Empty, Fault, Loading } from '../../parts/index.ts'
import { Copied } from '../../parts/listing/Copied.tsx'
import { OneLine } from '../../parts/listing/OneLine.tsx'
import { Pairs } from '../../parts/listing/Pairs.tsx'
import { EvidenceFrame } from './EvidenceFrame.tsx'
import { ImportState } from './ImportsPage.tsx'
import { Rejects } from './Rejects.tsx'
import { Retraction } from './Retraction.tsx'
import { useTallyText } from './tally.ts'

type ImportLine = Shape<'ImportLine'>

/** One import: what came, what became of its rows, and taking it back. */
export default function ImportPage() {
  const say = useWords()
  const can = useCan()
  const { id = '' } = usePathParams()
  const [retracting, setRetracting] = useState(false)
  // What the server just said is shown before the list is read anew, which waits for standing.
  const [takenBack, setTakenBack] = useState<string | null>(null)
  const { data: read, error, isLoading, refetch } = useRead('/imports/{id}', { params: { id } })
  const data = read && { ...read, retractedAt: read.retractedAt ?? takenBack }
  const mayRetract = data !== undefined && data.retractedAt === null && can('retract')
  const actions = mayRetract && (
    <button type="button" className="cv-button" onClick={() => setRetracting(true)}>
      {say('evidence.take-back')}
    </button>
  )
  return (
    <EvidenceFrame title={data?.label ?? say('evidence.import')} actions={actions}>
      {error !== null && <Fault error={error} retry={refetch} />}
      {isLoading && <Loading />}
      {data !== undefined && <About item={data} />}
      {data !== undefined && <Rejects item={data} />}
      {data !== undefined && <Files item={data} />}
      {data !== undefined && retracting && (
        <Retraction
          item={data}
          onClose={() => setRetracting(false)}
          onDone={(day) => {
            setTakenBack(day)
            setRetracting(false)
          }}
        />
      )}
    </EvidenceFrame>
  )
}

function About({ item }: { item: ImportLine }) {
  const say = useWords()
  const { date, dateTime } = useFormat()
  const tallyText = useTallyText()
  return (
    <section className="cv-section">
      <h2>{say('evidence.about-import')}</h2>
      {item.retractedAt !== null && (
        <Alert type="info" header={say('evidence.taken-back-on', { day: date(item.retractedAt) })}>
          {say('evidence.taken-back-help')}
        </Alert>
      )}
      <Pairs
        pairs={[
          [say('evidence.source'), item.sourceText],
          [say('evidence.state'), <ImportState key="state" item={item} />],
          [say('evidence.received'), <DateText key="received" date={item.receivedAt} />],
          [say('evidence.recorded'), dateTime(item.recordedAt)],
          [say('evidence.by'), item.actor],
          [say('evidence.number'), <code key="id">{item.id}</code>],
          [say('evidence.became'), tallyText(item.tally)],
        ]}
      />
    </section>
  )
}

function Files({ item }: { item: ImportLine }) {
  const say = useWords()
  const { bytes, number } = useFormat()
  const pathOf = useFilePath(item.source)
  const count = (id: 'read' | 'kept' | 'duplicate' | 'superseded' | 'rejected') => ({
    id,
    isNumber: true,
    header: say(`evidence.tally.${id}`),
    cell: ({ tally }: File) => number(tally[id]),
    sort: (a: File, b: File) => a.tally[id] - b.tally[id],
    csv: ({ tally }: File) => String(tally[id]),
  })
  return (
    <DataTable<File>
      id="files"
      title={say('evidence.files')}
      items={item.files ?? []}
      columns={[
        {
          id: 'name',
          isRowHeader: true,
          width: 220,
          header: say('evidence.file'),
          cell: ({ name }) => (
            <Link to={pathOf(name)}>
              <OneLine text={name} />
            </Link>
          ),
          sort: (a, b) => (a.name < b.name ? -1 : 1),
          text: ({ name }) => name,
          csv: ({ name }) => name,
        },
        {
          id: 'bytes',
          isNumber: true,
          header: say('evidence.size'),
          cell: (file) => <span className="nowrap">{bytes(file.bytes)}</span>,
          sort: (a, b) => a.bytes - b.bytes,
          csv: (file) => String(file.bytes),
        },
        count('read'),
        count('kept'),
        count('duplicate'),
        count('superseded'),
        count('rejected'),
        {
          id: 'sha256',
          width: 180,
          header: 'SHA-256',
          cell: ({ sha256 }) => <Copied text={sha256} first={12} />,
          text: ({ sha256 }) => sha256,
          csv: ({ sha256 }) => sha256,
        },
      ]}
      empty={<Empty title={say('evidence.no-files-in')} />}
      csv={{ fileName: `${item.id}-files.csv` }}
    />
  )
}

/** Where the rows of a file are seen: bulk sources keep rows, the others facts. */
function useFilePath(source: string): (file: string) => string {
  const { data } = useRead('/evidence')
  const found = data?.datasets.find(({ dataset }) => dataset === source)
  const place =
    found && found.rows !== found.facts ? `/evidence/rows?dataset=${encodeURIComponent(source)}&` : '/evidence/facts?'
  return (file) => `${place}file=${encodeURIComponent(file)}`
}

type File = NonNullable<ImportLine['files']>[number]
