import type { Shape } from '@client'
import { Link, useCan, useRead, useWords } from '../../frame/index.ts'
import { DateText, Empty, Fault, Loading, PageHead, StaleNote } from '../../parts/index.ts'
import { RedlineList } from '../../parts/redline/Redline.tsx'
import './agreement.css'

type Version = Shape<'Versions'>['versions'][number]

/** The text and its amendments on a timeline, each with what it changes. */
export default function VersionsPage() {
  const t = useWords()
  const can = useCan()
  const { data, error, isLoading, isStale, refetch } = useRead('/agreement/versions')
  return (
    <>
      <PageHead
        title={t('agreement.versions.title')}
        description={t('agreement.versions.about')}
        actions={
          <span className="agreement-actions">
            <Link to="/agreement">{t('agreement.title')}</Link>
            {can('amend') && <Link to="/drafts">{t('agreement.drafts')}</Link>}
          </span>
        }
      />
      <StaleNote isStale={isStale} />
      {error && !data && <Fault error={error} retry={refetch} />}
      {isLoading && !data && <Loading />}
      {data && (
        <ol className="agreement-timeline">
          {data.versions.map((version) => (
            <VersionEntry key={version.id} version={version} />
          ))}
        </ol>
      )}
      {data?.versions.every((version) => version.state === 'text') && (
        <Empty
          title={t('agreement.versions.none')}
          action={can('amend') ? <Link to="/drafts/new">{t('agreement.to-draft.any')}</Link> : undefined}
        >
          {t('agreement.versions.none.how')}
        </Empty>
      )}
    </>
  )
}

function VersionEntry({ version }: { version: Version }) {
  const t = useWords()
  const { state } = version
  return (
    <li className={`agreement-version agreement-version-${state}`}>
      <h2>{version.title || version.id}</h2>
      <p className="agreement-version-state">
        <strong>{t(`agreement.state.${state}`)}</strong> {t(`agreement.state.${state}.means`)}
      </p>
      <dl className="agreement-version-facts">
        <Fact name={t('agreement.version.effective')} date={version.effective} />
        <Fact name={t('agreement.version.recorded')} date={version.recorded} />
        <Fact name={t('agreement.version.signed-on')} date={version.signedOn} />
        {version.signedBy.length > 0 && (
          <div>
            <dt>{t('agreement.version.signed-by')}</dt>
            <dd>{version.signedBy.join(', ')}</dd>
          </div>
        )}
      </dl>
      {version.changes.length > 0 && <RedlineList changes={version.changes} />}
    </li>
  )
}

function Fact({ name, date }: { name: string; date: string | null }) {
  if (date === null) return null
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <DateText date={date} />
      </dd>
    </div>
  )
}
