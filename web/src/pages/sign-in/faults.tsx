import { ServerFault, useWords } from '../../frame/index.ts'
import { faultInWords } from '../../parts/notes.tsx'

/** A fault beside a form, read aloud as soon as it is there; what belongs to one field stands at that field. */
export function FormFault({ fault, fields = [] }: { fault: ServerFault | null; fields?: readonly string[] }) {
  const t = useWords()
  const { title, detail, errors } = faultInWords(fault ?? new ServerFault({}, 0), t)
  const others = errors.filter((each) => !fields.some((field) => isAt(each.place, field)))
  return (
    <div role="alert">
      {fault ? (
        <div className="cv-note cv-note-warning cv-door-fault">
          {others.length > 0 ? (
            others.map((each) => <p key={each.place + each.message}>{each.message}</p>)
          ) : (
            <p>
              <strong>{title}</strong> {errors.length > 0 ? '' : detail}
            </p>
          )}
        </div>
      ) : null}
    </div>
  )
}

/** What the server says of one field. */
export function faultAt(fault: ServerFault | null, field: string): string | undefined {
  const found = fault?.errors.filter((each) => isAt(each.place, field)).map((each) => each.message)
  return found && found.length > 0 ? found.join(' ') : undefined
}

function isAt(place: string, field: string): boolean {
  return place === field || place.split(/[./]/).at(-1) === field
}
