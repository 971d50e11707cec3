import { Menu } from '../parts/Menu.tsx'
import { Icon } from './Icon.tsx'
import type { PageManifest } from './page.ts'
import { Link } from './places.tsx'
import { useWrite } from './reading.ts'
import { Signs } from './Signs.tsx'
import { useSession } from './session.tsx'
import { type Theme, useTheme } from './theme.ts'
import { UserMenu } from './UserMenu.tsx'
import { type Language, useLanguage, useWords } from './words.tsx'

/** The bar at the top: the agreement, language, theme, and one's own. */
export function TopBar(props: { manifests: readonly PageManifest[]; isOpen: boolean; onToggle: () => void }) {
  const { manifests, isOpen, onToggle } = props
  const t = useWords()
  const { agreement, trial } = useSession()
  return (
    <header className="cv-top">
      <button
        type="button"
        className="cv-top-button cv-top-toggle"
        aria-expanded={isOpen}
        aria-controls="navigation"
        aria-label={t('frame.navigation')}
        onClick={onToggle}
      >
        <Icon name="menu" />
      </button>
      <Link to="/" className="cv-brand" aria-label={t('frame.home')}>
        <Icon name="brand" />
        <span>Convenio</span>
      </Link>
      <span className="cv-agreement" title={agreement?.title}>
        {agreement?.title}
      </span>
      {trial ? (
        <span className="cv-trial" title={t('frame.trial.detail')}>
          {t('frame.trial')}
        </span>
      ) : null}
      <Signs manifests={manifests} />
      <LanguageSwitch />
      <ThemeSwitch />
      <UserMenu />
    </header>
  )
}

/** Changes the language of the pages, and of the account so that it is the same elsewhere. */
function LanguageSwitch() {
  const t = useWords()
  const { language, speak } = useLanguage()
  const { write } = useWrite('PATCH', '/session/person', { keepsReadings: true })
  const other: Language = language === 'en' ? 'es' : 'en'
  const change = async () => {
    await speak(other)
    await write({ body: { language: other } })
  }
  return (
    <button
      type="button"
      className="cv-top-button"
      lang={other}
      aria-label={`${other.toUpperCase()}: ${t('frame.other-language')}`}
      onClick={() => void change()}
    >
      {other.toUpperCase()}
    </button>
  )
}

const THEMES: readonly Theme[] = ['light', 'dark', 'system']

function ThemeSwitch() {
  const t = useWords()
  const { theme, isDark, choose } = useTheme()
  return (
    <Menu
      className="cv-top-button"
      align="end"
      label={`${t('frame.theme')}: ${t(`frame.theme.${theme}`)}`}
      button={<Icon name={isDark ? 'moon' : 'sun'} />}
    >
      <fieldset className="cv-choices">
        <legend>{t('frame.theme')}</legend>
        {THEMES.map((each) => (
          <label key={each}>
            <input type="radio" name="theme" checked={each === theme} onChange={() => choose(each)} />
            <span>{t(`frame.theme.${each}`)}</span>
          </label>
        ))}
      </fieldset>
    </Menu>
  )
}
