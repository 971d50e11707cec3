import { useId } from 'react'
import { useFormat, useWords } from '../../frame/index.ts'
import { Copied } from '../../parts/listing/Copied.tsx'
import { Window } from '../../parts/listing/Window.tsx'
import './settings.css'

/** A link that is shown this once. */
export interface ShownLink {
  link: string
  expiresAt: string
  name: string
}

interface OneTimeProps {
  title: string
  about: string
  text: string
  until: string
  onClose: () => void
}

/** A secret that the server tells this once: to copy, and gone when the window closes. */
export function OneTime({ title, about, text, until, onClose }: OneTimeProps) {
  const say = useWords()
  const { dateTime } = useFormat()
  const label = useId()
  return (
    <Window title={title} onClose={onClose}>
      <p id={label}>{about}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of one text and its button is no set of fields */}
      <div className="one-time" role="group" aria-labelledby={label}>
        <Copied text={addressOf(text)} />
      </div>
      <p className="quiet">{say('settings.works-until', { when: dateTime(until) })}</p>
      <p>{say('settings.once')}</p>
    </Window>
  )
}

/** A link without its server works only here; whoever gets it needs the whole of it. */
function addressOf(text: string): string {
  return text.startsWith('/') ? `${location.origin}${text}` : text
}
