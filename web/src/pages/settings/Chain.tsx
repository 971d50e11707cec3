import Alert from '@cloudscape-design/components/alert'
import { useState } from 'react'
import { useFormat, useWords, useWrite } from '../../frame/index.ts'
import { Fault } from '../../parts/index.ts'

type Verified = { entries: number; sound: boolean; fault: string | null }

/** Recomputes the chain of hashes when asked to, and says whether it holds. */
export function Chain() {
  const say = useWords()
  const { number } = useFormat()
  const [found, setFound] = useState<Verified | null>(null)
  const { write, isPending, fault } = useWrite('POST', '/audit/verification')
  const begin = async () => {
    const written = await write()
    if (written.ok) setFound(written.data)
  }
  return (
    <section className="cv-section chain" aria-label={say('settings.chain')}>
      <h2>{say('settings.chain')}</h2>
      <p>{say('settings.chain-about')}</p>
      <button type="button" className="cv-button" disabled={isPending} onClick={begin}>
        {say(isPending ? 'settings.recomputing' : 'settings.recompute')}
      </button>
      <div role="status" className="chain-result">
        {found !== null && !isPending && (
          <Alert
            type={found.sound ? 'success' : 'error'}
            header={say(found.sound ? 'settings.sound' : 'settings.not-sound', { count: number(found.entries) })}
          >
            {found.fault ?? say('settings.sound-about')}
          </Alert>
        )}
      </div>
      {fault !== null && <Fault error={fault} />}
    </section>
  )
}
