import { memo, useState } from 'react'
import { Link, useWords } from '../../frame/index.ts'
import type { Section } from '../../parts/document/document.ts'
import { readInline } from '../../parts/document/inline.ts'
import { VerdictSign } from '../../parts/index.ts'
import { showLine } from './showing.ts'

/** The headings with the worst verdict below each. */
export const Contents = memo(function Contents({ sections }: { sections: readonly Section[] }) {
  const t = useWords()
  const [open, setOpen] = useState(false)
  const titled = sections.filter((section) => section.title !== undefined && section.depth > 1)
  if (titled.length < 2) return <div className="agreement-contents" />
  return (
    <nav
      className={open ? 'agreement-contents agreement-contents-open' : 'agreement-contents'}
      aria-label={t('agreement.contents')}
    >
      <h2 className="agreement-contents-title">
        <button type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('agreement.contents')}
        </button>
      </h2>
      <ul>
        {titled.map((section) => (
          <li key={section.key} data-depth={Math.min(4, section.depth)}>
            <Link
              to={`/agreement?line=${section.line}`}
              onClick={() => {
                setOpen(false)
                showLine(section.line)
              }}
            >
              {readInline(section.title ?? '')
                .map((part) => part.text)
                .join('')}
            </Link>
            {section.worst && (
              <span className="agreement-contents-verdict">
                <VerdictSign verdict={section.worst} />
                <span className="cv-sr">{t('agreement.worst', { verdict: t(`verdict.${section.worst}`) })}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
    </nav>
  )
})
