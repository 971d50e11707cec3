import { useId } from 'react'
import { useRead, useWords } from '../../frame/index.ts'
import { Field } from '../../parts/field/Field.tsx'
import { Optional } from '../../parts/field/Optional.tsx'

/** From which source files are; those that were imported before are offered. */
export function SourceField({ value, onChange }: { value: string; onChange: (source: string) => void }) {
  const say = useWords()
  const list = useId()
  const options = useSources()
  return (
    <Field label={<Optional label={say('evidence.source')} />} description={say('evidence.source-help')}>
      {(control) => (
        <>
          <input
            {...control}
            className="cv-input"
            list={list}
            value={value}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={list}>
            {options.map(({ id, text }) => (
              <option key={id} value={id}>
                {text}
              </option>
            ))}
          </datalist>
        </>
      )}
    </Field>
  )
}

/** Sources that something was imported from, by name. */
export function useSources(): { id: string; text: string }[] {
  const imports = useRead('/imports', { query: { limit: 500 } })
  const texts = new Map((imports.data?.items ?? []).map(({ source, sourceText }) => [source, sourceText]))
  return [...texts].map(([id, text]) => ({ id, text })).sort((a, b) => (a.text < b.text ? -1 : 1))
}
