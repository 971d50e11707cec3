import { type ChangeEvent, useRef } from 'react'
import { useFormat, useWords } from '../../frame/index.ts'
import { FieldSet } from '../../parts/field/Field.tsx'
import { bytesOf, chosenFiles, joinFiles, type NamedFile } from './dropped-files.ts'
import { askFor } from './uploads.ts'

/** More names than this are counted, not listed. */
const LISTED = 100

/** Which files are imported: buttons for files and for folders, and what was chosen so far. */
export function FileChoice({ files, fault }: { files: readonly NamedFile[]; fault: string | undefined }) {
  const say = useWords()
  const format = useFormat()
  const fileField = useRef<HTMLInputElement>(null)
  const folderField = useRef<HTMLInputElement>(null)
  const take = (event: ChangeEvent<HTMLInputElement>) => {
    askFor(joinFiles(files, chosenFiles(event.target.files ?? [])))
    // The same file chosen again after it was removed is a change, too.
    event.target.value = ''
  }
  const hidden = { type: 'file', multiple: true, hidden: true, onChange: take } as const
  return (
    <FieldSet label={say('evidence.files')} description={say('evidence.files-help')} fault={fault}>
      <input {...hidden} ref={fileField} data-field="files" />
      <input {...hidden} ref={folderField} data-field="folder" {...{ webkitdirectory: '' }} />
      <div className="cv-actions file-buttons">
        <button type="button" className="cv-button" onClick={() => fileField.current?.click()}>
          {say('evidence.choose-files')}
        </button>
        <button type="button" className="cv-button" onClick={() => folderField.current?.click()}>
          {say('evidence.choose-folder')}
        </button>
      </div>
      <div role="status">
        {files.length > 0 && say('evidence.chosen', { count: files.length, size: format.bytes(bytesOf(files)) })}
      </div>
      {files.length > 0 && <ChosenNames files={files} />}
    </FieldSet>
  )
}

function ChosenNames({ files }: { files: readonly NamedFile[] }) {
  const say = useWords()
  const without = (gone: NamedFile) => askFor(files.filter((each) => each !== gone))
  return (
    <ul className="file-names" aria-label={say('evidence.files')}>
      {files.slice(0, LISTED).map((each) => (
        <li key={each.name}>
          <span>{each.name}</span>
          <button
            type="button"
            className="cv-button"
            aria-label={say('evidence.leave-out', { file: each.name })}
            onClick={() => without(each)}
          >
            ×
          </button>
        </li>
      ))}
      {files.length > LISTED && <li>{say('evidence.more-files', { count: files.length - LISTED })}</li>}
    </ul>
  )
}
