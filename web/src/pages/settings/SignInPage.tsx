import { useState } from 'react'
import { useRead, useWords, useWrite } from '../../frame/index.ts'
import { Confirm, Empty, Fault, Loading, PageHead } from '../../parts/index.ts'
import { Copied } from '../../parts/listing/Copied.tsx'
import { Pairs } from '../../parts/listing/Pairs.tsx'
import { BillSource } from './BillSource.tsx'
import { ProviderForm } from './ProviderForm.tsx'
import type { Provider } from './provider-form.ts'
import { useRoleNames } from './role-names.ts'
import './settings.css'

/** How the company's people sign in with their own accounts, and which bill counts. */
export default function SignInPage() {
  const say = useWords()
  const { data, error, isLoading, refetch } = useRead('/settings')
  return (
    <div className="cv-stack">
      <PageHead title={say('settings.sign-in')} description={say('settings.sign-in-about')} />
      {error !== null && <Fault error={error} retry={refetch} />}
      {isLoading && <Loading />}
      {data !== undefined && <Company provider={data.provider} redirectUri={data.redirectUri} />}
      {data !== undefined && <BillSource value={data.billSource} />}
    </div>
  )
}

function Company({ provider, redirectUri }: { provider: Provider | null; redirectUri: string }) {
  const say = useWords()
  const [doing, setDoing] = useState<'set' | 'remove' | null>(null)
  const close = () => setDoing(null)
  const button = (act: 'set' | 'remove', words: string, isPrimary = false) => (
    <button
      type="button"
      className={isPrimary ? 'cv-button cv-button-primary' : 'cv-button'}
      onClick={() => setDoing(act)}
    >
      {say(words)}
    </button>
  )
  return (
    <section className="cv-section" aria-label={say('settings.company')}>
      <h2>{say('settings.company')}</h2>
      {provider === null ? (
        <Empty title={say('settings.no-provider')} action={button('set', 'settings.set-provider', true)}>
          {say('settings.no-provider-about')}
        </Empty>
      ) : (
        <div className="company">
          <About provider={provider} redirectUri={redirectUri} />
          <div className="row-acts">
            {button('set', 'settings.act-change')}
            {button('remove', 'settings.end-provider')}
          </div>
        </div>
      )}
      {doing === 'set' && <ProviderForm provider={provider} redirectUri={redirectUri} onClose={close} />}
      {doing === 'remove' && provider !== null && <Removal provider={provider} onClose={close} />}
    </section>
  )
}

function About({ provider, redirectUri }: { provider: Provider; redirectUri: string }) {
  const say = useWords()
  const { nameOf } = useRoleNames()
  const { name, issuer, clientId, hasSecret, newPeople, groups } = provider
  const grouped = Object.entries(groups?.roles ?? {})
  const newcomers = newPeople.length === 0 ? say('settings.new-refused') : newPeople.map(nameOf).join(', ')
  return (
    <Pairs
      pairs={[
        [say('settings.provider-name'), name],
        [say('settings.provider-issuer'), issuer],
        [say('settings.provider-clientId'), clientId],
        [say('settings.provider-clientSecret'), say(hasSecret ? 'settings.secret-kept' : 'settings.secret-none')],
        [say('settings.callback'), <Copied key="callback" text={redirectUri} />],
        [say('settings.new-people'), newcomers],
        [
          say('settings.groups'),
          grouped.length === 0 ? (
            say('settings.no-groups')
          ) : (
            <ul key="groups" className="plain-list">
              {grouped.map(([group, roles]) => (
                <li key={group}>
                  {group}: {roles.map(nameOf).join(', ')}
                </li>
              ))}
            </ul>
          ),
        ],
      ]}
    />
  )
}

function Removal({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const say = useWords()
  const { write, isPending, fault } = useWrite('DELETE', '/settings/provider')
  const begin = async () => {
    const written = await write()
    if (written.ok) onClose()
  }
  return (
    <Confirm
      title={say('settings.end-which', { name: provider.name })}
      action={say('settings.end-provider')}
      isDangerous
      isBusy={isPending}
      fault={fault}
      onConfirm={begin}
      onCancel={onClose}
    >
      <p>{say('settings.end-does', { name: provider.name })}</p>
    </Confirm>
  )
}
