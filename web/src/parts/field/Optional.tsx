import { useWords } from '../../frame/index.ts'
import './field.css'

/** The label of a field that may stay empty. */
export function Optional({ label }: { label: string }) {
  const say = useWords()
  return (
    <>
      {label} <span className="field-optional">({say('field.optional')})</span>
    </>
  )
}
