import { useEffect, useState } from 'react'
import { onConnection } from './client.ts'
import { useWords } from './words.tsx'

/** Says when the server no longer answers: what is shown may be old. */
export function ConnectionNote() {
  const t = useWords()
  const [isLost, setLost] = useState(false)
  useEffect(() => onConnection(setLost), [])
  return (
    <div role="status">{isLost ? <p className="cv-note cv-note-warning">{t('frame.connection-lost')}</p> : null}</div>
  )
}
