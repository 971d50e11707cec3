import { Menu } from '../parts/Menu.tsx'
import { Icon } from './Icon.tsx'
import { Link } from './places.tsx'
import { useLeave, useSession } from './session.tsx'
import { useWords } from './words.tsx'

/** One's own: who is signed in, the account, signing out. */
export function UserMenu() {
  const t = useWords()
  const { person, version } = useSession()
  const leave = useLeave()
  if (!person) return null
  return (
    <Menu
      className="cv-top-button"
      align="end"
      label={t('frame.own', { name: person.name })}
      button={<Icon name="user" />}
    >
      {(close) => (
        <div className="cv-own">
          <p className="cv-own-name">{person.name}</p>
          <p className="cv-quiet">{person.email}</p>
          <p className="cv-quiet">{person.roles.map((role) => roleInWords(role, t)).join(', ')}</p>
          <Link to="/account" onClick={close}>
            {t('frame.account')}
          </Link>
          <button type="button" className="cv-button" onClick={() => void leave()}>
            {t('frame.sign-out')}
          </button>
          <p className="cv-quiet cv-small">Convenio {version}</p>
        </div>
      )}
    </Menu>
  )
}

/** A role in words; one that an installation added stays as it is. */
function roleInWords(role: string, t: (id: string) => string): string {
  const word = t(`role.${role}`)
  return word === `role.${role}` ? role : word
}
