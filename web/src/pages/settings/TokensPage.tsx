import type { Shape } from '@client'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useState } from 'react'
import { useFormat, useRead, useWords, useWrite } from '../../frame/index.ts'
import { type Column, Confirm, DataTable, Empty, PageHead } from '../../parts/index.ts'
import { capital } from '../../parts/listing/capital.ts'
import { OneTime } from './OneTime.tsx'
import { TokenForm } from './TokenForm.tsx'

type Token = Shape<'Token'>

/** One's own tokens for programs. */
export default function TokensPage() {
  const say = useWords()
  const { data, error, isLoading, refetch } = useRead('/tokens')
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<{ name: string; text: string; expiresAt: string } | null>(null)
  const [revoking, setRevoking] = useState<Token | null>(null)
  const make = (
    <button type="button" className="cv-button cv-button-primary" onClick={() => setMaking(true)}>
      {say('settings.make-token')}
    </button>
  )
  return (
    <div className="cv-stack">
      <PageHead title={say('settings.tokens')} description={say('settings.tokens-about')} actions={make} />
      <DataTable
        id="tokens"
        label={say('settings.tokens')}
        items={data?.items}
        columns={useTokenColumns(setRevoking)}
        loading={isLoading}
        error={error}
        retry={refetch}
        empty={<Empty title={say('settings.no-tokens')} action={make} />}
        csv={{ fileName: 'tokens.csv' }}
      />
      {making && (
        <TokenForm
          onClose={() => setMaking(false)}
          onMade={(token) => {
            setMaking(false)
            setMade(token)
          }}
        />
      )}
      {made !== null && (
        <OneTime
          title={say('settings.token-made', { name: made.name })}
          about={say('settings.token-once')}
          text={made.text}
          until={made.expiresAt}
          onClose={() => setMade(null)}
        />
      )}
      {revoking !== null && <Revocation token={revoking} onClose={() => setRevoking(null)} />}
    </div>
  )
}

function Revocation({ token, onClose }: { token: Token; onClose: () => void }) {
  const say = useWords()
  const { write, isPending, fault } = useWrite('DELETE', '/tokens/{id}')
  const begin = async () => {
    const written = await write({ params: { id: token.id } })
    if (written.ok) onClose()
  }
  return (
    <Confirm
      title={say('settings.revoke-which', { name: token.name })}
      action={say('settings.revoke')}
      isDangerous
      isBusy={isPending}
      fault={fault}
      onConfirm={begin}
      onCancel={onClose}
    >
      <p>{say('settings.revoke-does')}</p>
    </Confirm>
  )
}

function useTokenColumns(revoke: (token: Token) => void): Column<Token>[] {
  const say = useWords()
  const { dateTime } = useFormat()
  const moment = (id: 'createdAt' | 'expiresAt' | 'lastUsedAt'): Column<Token> => ({
    id,
    header: say(`settings.${id}`),
    cell: (token) => dateTime(token[id]),
    sort: (a, b) => ((a[id] ?? '') < (b[id] ?? '') ? -1 : 1),
    csv: (token) => token[id] ?? '',
  })
  return [
    {
      id: 'name',
      header: say('settings.name'),
      cell: ({ name }) => name,
      sort: (a, b) => (a.name < b.name ? -1 : 1),
      text: ({ name }) => name,
      isRowHeader: true,
    },
    {
      id: 'rights',
      header: say('settings.rights'),
      cell: ({ rights }) => capital(rights.map((right) => say(`settings.right.${right}`)).join(', ')),
      text: ({ rights }) => rights.map((right) => say(`settings.right.${right}`)).join(', '),
    },
    {
      id: 'state',
      header: say('settings.state'),
      cell: (token) => <TokenState token={token} />,
      csv: (token) => stateOf(token, new Date().toISOString()),
    },
    moment('createdAt'),
    moment('expiresAt'),
    moment('lastUsedAt'),
    {
      id: 'acts',
      header: say('settings.acts'),
      cell: (token) =>
        stateOf(token, new Date().toISOString()) === 'works' ? (
          <button
            type="button"
            className="cv-button"
            aria-label={say('settings.revoke-which', { name: token.name })}
            onClick={() => revoke(token)}
          >
            {say('settings.revoke')}
          </button>
        ) : (
          '–'
        ),
    },
  ]
}

function stateOf({ revokedAt, expiresAt }: Token, now: string): 'revoked' | 'expired' | 'works' {
  if (revokedAt !== null) return 'revoked'
  return expiresAt <= now ? 'expired' : 'works'
}

const SIGNS = { revoked: 'stopped', expired: 'warning', works: 'success' } as const

function TokenState({ token }: { token: Token }) {
  const say = useWords()
  const state = stateOf(token, new Date().toISOString())
  return (
    <StatusIndicator type={SIGNS[state]} wrapText={false}>
      {say(`settings.token-${state}`)}
    </StatusIndicator>
  )
}
