import { useState } from 'react'
import { useSession, useWords } from '../../frame/index.ts'
import { Field, Tick, useFaultFocus } from '../../parts/field/Field.tsx'
import { Optional } from '../../parts/field/Optional.tsx'
import { Confirm } from '../../parts/index.ts'
import type { NamedFile } from './dropped-files.ts'
import { FileChoice } from './FileChoice.tsx'
import { SourceField } from './SourceField.tsx'
import { askFor, startUpload, useAskedFiles } from './uploads.ts'

/** The form by which files are imported; open while files are asked for. */
export function ImportForm() {
  const asked = useAskedFiles()
  return asked === null ? null : <OpenForm files={asked} />
}

function OpenForm({ files }: { files: readonly NamedFile[] }) {
  const say = useWords()
  const { today } = useSession()
  const [source, setSource] = useState('')
  const [receivedAt, setReceivedAt] = useState('')
  const [dryRun, setDryRun] = useState(false)
  const [refused, setRefused] = useState(0)
  const form = useFaultFocus(refused)
  const lacking = refused > 0 && files.length === 0
  const late = receivedAt > today
  const begin = () => {
    if (files.length === 0 || late) return setRefused(refused + 1)
    startUpload({ files, dryRun, source: source.trim() || undefined, receivedAt: receivedAt || undefined })
    askFor(null)
  }
  return (
    <Confirm
      title={say('evidence.import-files')}
      action={say(dryRun ? 'evidence.try' : 'evidence.import-now')}
      onConfirm={begin}
      onCancel={() => askFor(null)}
    >
      <div className="form" ref={form}>
        <FileChoice files={files} fault={lacking ? say('evidence.no-files') : undefined} />
        <SourceField value={source} onChange={setSource} />
        <Field
          label={<Optional label={say('evidence.received-at')} />}
          description={say('evidence.received-at-help')}
          fault={late ? say('evidence.received-late') : undefined}
        >
          {(control) => (
            <input
              {...control}
              type="date"
              className="cv-input"
              value={receivedAt}
              onChange={(event) => setReceivedAt(event.target.value)}
            />
          )}
        </Field>
        <Tick
          label={say('evidence.dry-run')}
          description={say('evidence.dry-run-help')}
          checked={dryRun}
          onChange={setDryRun}
        />
      </div>
    </Confirm>
  )
}
