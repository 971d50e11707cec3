import type { Shape } from '@client'
import { useState } from 'react'
import { useRead, useWords } from '../../frame/index.ts'
import { Empty, PageHead } from '../../parts/index.ts'
import { OneTime, type ShownLink } from './OneTime.tsx'
import { PeopleTable, type PersonAct } from './PeopleTable.tsx'
import { PersonForm } from './PersonForm.tsx'
import { PersonQuestion } from './PersonQuestion.tsx'
import { RolesTable } from './RolesTable.tsx'

type Doing = { act: 'invite' } | { act: PersonAct; person: Shape<'Person'> }

/** Who may sign in, what they may see and do, and what each role means. */
export default function PeoplePage() {
  const say = useWords()
  const people = useRead('/people')
  const roles = useRead('/roles')
  const [doing, setDoing] = useState<Doing | null>(null)
  const [shown, setShown] = useState<ShownLink | null>(null)
  const close = () => setDoing(null)
  const show = (link: ShownLink) => {
    setDoing(null)
    setShown(link)
  }
  const invite = (
    <button type="button" className="cv-button cv-button-primary" onClick={() => setDoing({ act: 'invite' })}>
      {say('settings.invite')}
    </button>
  )
  const person = doing !== null && doing.act !== 'invite' ? doing.person : undefined
  return (
    <div className="cv-stack">
      <PageHead title={say('settings.people')} description={say('settings.people-about')} actions={invite} />
      <PeopleTable
        people={people}
        roles={roles.data?.roles ?? []}
        onAct={(act, of) => setDoing({ act, person: of })}
        empty={<Empty title={say('settings.nobody')} action={invite} />}
      />
      <RolesTable roles={roles} />
      {doing?.act === 'invite' && roles.data && <PersonForm choices={roles.data} onClose={close} onLink={show} />}
      {doing?.act === 'change' && person && roles.data && (
        <PersonForm person={person} choices={roles.data} onClose={close} onLink={show} />
      )}
      {doing !== null && doing.act !== 'invite' && doing.act !== 'change' && (
        <PersonQuestion act={doing.act} person={doing.person} onClose={close} onLink={show} />
      )}
      {shown !== null && (
        <OneTime
          title={say('settings.link-for', { name: shown.name })}
          about={say('settings.link-about')}
          text={shown.link}
          until={shown.expiresAt}
          onClose={() => setShown(null)}
        />
      )}
    </div>
  )
}
