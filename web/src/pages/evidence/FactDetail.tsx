import type { Shape } from '@client'
import { Link, useCan, useWords } from '../../frame/index.ts'
import { DateText } from '../../parts/index.ts'
import { Copied } from '../../parts/listing/Copied.tsx'
import { Pairs } from '../../parts/listing/Pairs.tsx'
import { shown } from '../../parts/listing/shown.ts'
import { Window } from '../../parts/listing/Window.tsx'
import { useDatasetNames } from './dataset-names.ts'
import { valueText } from './measures.ts'

/** One fact: all its values, and where they come from down to file, row and hash. */
export function FactDetail({ fact, onClose }: { fact: Shape<'Fact'>; onClose: () => void }) {
  const say = useWords()
  const values = Object.entries(fact.values)
  return (
    <Window title={shown(fact.key)} onClose={onClose}>
      <Pairs
        pairs={[
          [say('evidence.dataset'), useDatasetNames()(fact.dataset)],
          [say('evidence.from'), <DateText key="from" date={fact.from} />],
          [say('evidence.to'), <DateText key="to" date={fact.to} />],
          [say('evidence.grade'), say(`evidence.grade.${fact.grade}`)],
        ]}
      />
      <h3>{say('evidence.values')}</h3>
      <Pairs pairs={values.map(([name, value]) => [name, shown(valueText(value)) || '–'])} />
      <h3>{say('evidence.provenance')}</h3>
      <Provenance fact={fact} />
    </Window>
  )
}

function Provenance({ fact }: { fact: Shape<'Fact'> }) {
  const say = useWords()
  const can = useCan()
  const linked = can('imports') && fact.import !== ''
  return (
    <Pairs
      pairs={[
        [say('evidence.source'), fact.source],
        [say('evidence.owner'), fact.owner],
        [say('evidence.file'), fact.file],
        [say('evidence.row'), fact.row],
        ['SHA-256', <Copied key="hash" text={fact.sha256} />],
        [say('evidence.received'), <DateText key="received" date={fact.receivedAt} />],
        [
          say('evidence.import'),
          linked ? (
            <Link key="import" to={`/evidence/imports/${encodeURIComponent(fact.import)}`}>
              {fact.import}
            </Link>
          ) : (
            fact.import || '–'
          ),
        ],
      ]}
    />
  )
}
