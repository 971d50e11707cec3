import { Empty } from '../parts/notes.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Link } from './places.tsx'
import { useWords } from './words.tsx'

/** An address that leads nowhere. */
export function UnknownPage() {
  const t = useWords()
  return (
    <>
      <PageHead title={t('frame.unknown-page')} />
      <Empty title={t('frame.unknown-page.detail')} action={<Link to="/">{t('frame.to-overview')}</Link>} />
    </>
  )
}
