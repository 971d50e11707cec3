import { type ReactNode, useId } from 'react'
import { Link, type Say, useWords } from '../../frame/index.ts'
import { ClauseLink, Fault, Loading, Verdict } from '../../parts/index.ts'
import { isRefused, RedlineList } from '../../parts/redline/Redline.tsx'
import { SeveritySign } from '../../parts/severity/SeveritySign.tsx'
import type { Effect, LiveEffect } from './effect.ts'
import { draftFile } from './marks.ts'

type Show = (place: { line: number; column: number }) => void

/** What the draft would do: its faults, the findings that come and go, its changes, and where every clause would stand. */
export function EffectPanel({ live, show }: { live: LiveEffect; show: Show }) {
  const t = useWords()
  const { effect } = live
  return (
    <section className="draft-effect" aria-label={t('drafts.effect')}>
      <h2>{t('drafts.effect')}</h2>
      {effect && !live.isCurrent && !live.fault && <p className="draft-older">{t('drafts.effect.older')}</p>}
      {live.fault && <Fault error={live.fault} retry={live.retry} />}
      {!effect && !live.fault && <Loading label={t('drafts.effect.loading')} />}
      {effect && <EffectBody effect={effect} show={show} />}
    </section>
  )
}

function EffectBody({ effect, show }: { effect: Effect; show: Show }) {
  const t = useWords()
  return (
    <>
      <p role="status" className="draft-summary">
        {summaryOf(effect, t)}
      </p>
      {effect.problems.length > 0 && (
        <Part title={t('drafts.problems')} count={effect.problems.length}>
          <ul className="draft-findings">
            {effect.problems.map((problem) => (
              <li key={`${problem.code} ${problem.where.line}:${problem.where.column} ${problem.message}`}>
                <SeveritySign severity="error" />
                <div>
                  <button type="button" className="draft-link" onClick={() => show(problem.where)}>
                    {t('drafts.line', { line: problem.where.line })}
                  </button>{' '}
                  {problem.message}
                  {problem.fix && <p className="draft-fix">{problem.fix}</p>}
                </div>
              </li>
            ))}
          </ul>
        </Part>
      )}
      {effect.problems.length === 0 && <SoundEffect effect={effect} show={show} />}
    </>
  )
}

function summaryOf({ problems, redlines }: Effect, t: Say): string {
  if (problems.length > 0) return t('drafts.effect.problems', { count: problems.length })
  const refused = redlines.filter(isRefused).length
  if (refused > 0) return t('drafts.effect.refused', { refused, of: redlines.length })
  return t('drafts.effect.sound', { changes: redlines.length })
}

/** What it does once it reads well. */
function SoundEffect({ effect, show }: { effect: Effect; show: Show }) {
  const t = useWords()
  const file = draftFile(effect)
  return (
    <>
      <Part title={t('drafts.changes')} count={effect.redlines.length}>
        <RedlineList changes={effect.redlines} />
      </Part>
      <StandingPart standing={effect.standing} />
      <Part title={t('drafts.added')} count={effect.added.length}>
        <Findings findings={effect.added} file={file} show={show} />
      </Part>
      <Part title={t('drafts.settled')} count={effect.settled.length}>
        <Findings findings={effect.settled} file={file} show={show} settled />
      </Part>
    </>
  )
}

function Part({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  const t = useWords()
  const id = useId()
  return (
    <section className="draft-part" aria-labelledby={id}>
      <h3 id={id}>
        {title} <span className="draft-count">{count}</span>
      </h3>
      {count === 0 ? <p className="draft-none">{t('drafts.none-of-it')}</p> : children}
    </section>
  )
}

function Findings({
  findings,
  file,
  show,
  settled = false,
}: {
  findings: Effect['added']
  file: string | undefined
  show: Show
  settled?: boolean
}) {
  const t = useWords()
  return (
    <ul className="draft-findings">
      {findings.map((finding) => (
        <li key={finding.fingerprint}>
          <SeveritySign severity={finding.severity} />
          <div>
            <span className="cv-sr">{t(`severity.${finding.severity}`)}: </span>
            {settled ? <del>{finding.message}</del> : finding.message}{' '}
            {finding.primary.file === file ? (
              <button type="button" className="draft-link" onClick={() => show(finding.primary)}>
                {t('drafts.line', { line: finding.primary.line })}
              </button>
            ) : (
              <Link to={`/agreement?line=${finding.primary.line}`}>
                {t('drafts.agreement-line', { line: finding.primary.line })}
              </Link>
            )}
            {!settled && <p className="draft-fix">{finding.fix}</p>}
          </div>
        </li>
      ))}
    </ul>
  )
}

function StandingPart({ standing }: { standing: Effect['standing'] }) {
  const t = useWords()
  return (
    <Part title={t('drafts.standing')} count={standing.length}>
      <table className="draft-standing">
        <thead>
          <tr>
            <th scope="col">{t('drafts.standing.clause')}</th>
            <th scope="col">{t('drafts.standing.before')}</th>
            <th scope="col">{t('drafts.standing.after')}</th>
          </tr>
        </thead>
        <tbody>
          {standing.map((each) => (
            <tr key={each.clause}>
              <th scope="row">
                <ClauseLink id={each.clause}>{each.title}</ClauseLink>
                <p className="draft-fix">{each.reason}</p>
              </th>
              <td>{each.before ? <Verdict verdict={each.before} /> : t('drafts.standing.absent')}</td>
              <td>{each.after ? <Verdict verdict={each.after} /> : t('drafts.standing.absent')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Part>
  )
}
