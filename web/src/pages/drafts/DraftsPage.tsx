import type { Shape } from '@client'
import { useState } from 'react'
import { go, Link, useRead, useWords, useWrite } from '../../frame/index.ts'
import { type Column, Confirm, DataTable, DateText, Empty, PageHead } from '../../parts/index.ts'
import { keptText } from './kept-text.ts'

type Draft = Shape<'AmendmentDraft'>

/** All drafts of amendments. */
export default function DraftsPage() {
  const t = useWords()
  const { data, error, isLoading, refetch } = useRead('/drafts')
  const [removing, setRemoving] = useState<Draft | undefined>(undefined)
  return (
    <>
      <PageHead
        title={t('drafts.title')}
        description={t('drafts.about')}
        actions={
          <button type="button" className="cv-button cv-button-primary" onClick={() => go('/drafts/new')}>
            {t('drafts.new')}
          </button>
        }
      />
      <DataTable
        id=""
        label={t('drafts.title')}
        items={data?.items}
        columns={useColumns(setRemoving)}
        empty={<Empty title={t('drafts.none')} action={<Link to="/drafts/new">{t('drafts.new')}</Link>} />}
        csv={{ fileName: 'drafts.csv' }}
        loading={isLoading}
        error={error}
        retry={refetch}
      />
      {removing && <RemoveDraft draft={removing} done={() => setRemoving(undefined)} />}
    </>
  )
}

function useColumns(remove: (draft: Draft) => void): Column<Draft>[] {
  const t = useWords()
  return [
    {
      id: 'title',
      header: t('drafts.name'),
      cell: (draft) => <Link to={`/drafts/${encodeURIComponent(draft.id)}`}>{draft.title}</Link>,
      sort: (a, b) => a.title.localeCompare(b.title),
      text: (draft) => draft.title,
      isRowHeader: true,
    },
    {
      id: 'person',
      header: t('drafts.by'),
      cell: (draft) => draft.person,
      sort: (a, b) => a.person.localeCompare(b.person),
      text: (draft) => draft.person,
    },
    {
      id: 'updated',
      header: t('drafts.saved-at'),
      cell: (draft) => <DateText date={draft.updatedAt} />,
      sort: (a, b) => a.updatedAt.localeCompare(b.updatedAt),
      csv: (draft) => draft.updatedAt,
    },
    {
      id: 'version',
      header: t('drafts.version'),
      cell: (draft) => draft.version,
      sort: (a, b) => a.version - b.version,
      csv: (draft) => String(draft.version),
      isNumber: true,
    },
    {
      id: 'remove',
      header: t('drafts.actions'),
      cell: (draft) => (
        <button
          type="button"
          className="cv-button"
          aria-label={t('drafts.remove.named', { title: draft.title })}
          onClick={() => remove(draft)}
        >
          {t('drafts.remove')}
        </button>
      ),
    },
  ]
}

/** Asks, and throws a draft away. */
export function RemoveDraft({ draft, done }: { draft: Draft; done: (removed: boolean) => void }) {
  const t = useWords()
  const { write, isPending, fault } = useWrite('DELETE', '/drafts/{id}')
  const remove = async () => {
    const removed = await write({ params: { id: draft.id } })
    if (!removed.ok) return
    keptText.forget(draft.id)
    done(true)
  }
  return (
    <Confirm
      title={t('drafts.remove.title', { title: draft.title })}
      action={t('drafts.remove')}
      isDangerous
      isBusy={isPending}
      fault={fault}
      onConfirm={() => void remove()}
      onCancel={() => done(false)}
    >
      <p>{t('drafts.remove.means')}</p>
    </Confirm>
  )
}
