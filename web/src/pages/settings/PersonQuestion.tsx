import type { Shape } from '@client'
import { useWords, useWrite } from '../../frame/index.ts'
import { Confirm } from '../../parts/index.ts'
import type { ShownLink } from './OneTime.tsx'

interface PersonQuestionProps {
  act: 'disable' | 'enable' | 'link'
  person: Shape<'Person'>
  onClose: () => void
  onLink: (link: ShownLink) => void
}

/** Asks before a person is shut out, let in again, or given a new link, and says what it does. */
export function PersonQuestion({ act, person, onClose, onLink }: PersonQuestionProps) {
  const say = useWords()
  const change = useWrite('PATCH', '/people/{id}')
  const reset = useWrite('POST', '/people/{id}/link')
  const params = { id: person.id }
  const begin = async () => {
    if (act === 'link') {
      const written = await reset.write({ params })
      if (written.ok) onLink({ ...written.data, name: person.name })
      return
    }
    const written = await change.write({ params, body: { disabled: act === 'disable' } })
    if (written.ok) onClose()
  }
  return (
    <Confirm
      title={say(`settings.${act}-who`, { name: person.name })}
      action={say(`settings.act-${act}`)}
      isDangerous={act === 'disable'}
      isBusy={change.isPending || reset.isPending}
      fault={change.fault ?? reset.fault}
      onConfirm={begin}
      onCancel={onClose}
    >
      <p>{say(`settings.${act}-does`, { name: person.name })}</p>
    </Confirm>
  )
}
