import { Empty } from '../parts/notes.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Link } from './places.tsx'
import { useWords } from './words.tsx'

/** A page that exists but not for this person. */
export function NotAllowedPage() {
  const t = useWords()
  return (
    <>
      <PageHead title={t('frame.not-allowed')} />
      <Empty title={t('frame.not-allowed.detail')} action={<Link to="/">{t('frame.to-overview')}</Link>} />
    </>
  )
}
