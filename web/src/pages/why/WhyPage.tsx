import type { Shape } from '@client'
import { useEffect, useRef } from 'react'
import {
  type Reading,
  useDates,
  useFormat,
  useHref,
  usePathParams,
  useRead,
  useSearchState,
  useWords,
} from '../../frame/index.ts'
import { CopyButton } from '../../parts/clause/CopyButton.tsx'
import { clausePath, Empty, Fault, Loading, PageHead, StaleNote } from '../../parts/index.ts'
import { ClausePanel } from './ClausePanel.tsx'
import { markedSpan } from './marked.ts'
import { NodeDetail } from './NodeDetail.tsx'
import { PrintedTrace } from './PrintedTrace.tsx'
import { TraceTree } from './TraceTree.tsx'
import { Trail } from './Trail.tsx'
import { nodeAt, type Path, pathIn, pathText, sizeOf } from './trace.ts'
import './tree.css'
import './why.css'
import './print.css'

type Why = Shape<'Why'>

/** Why a clause stands where it stands: its words, the trace as a tree, and the chosen node down to the row. */
export default function WhyPage() {
  const words = useWords()
  const { kind = '', name = '' } = usePathParams()
  const reading = useRead('/why/{kind}/{name}', { params: { kind, name } })
  const { data } = reading
  return (
    <div className="why">
      <PageHead
        title={data === undefined ? words('why.title') : words('why.of', { clause: data.clause.title })}
        {...(data === undefined ? {} : { description: <About why={data} />, actions: <Actions id={data.clause.id} /> })}
      />
      <StaleNote isStale={reading.isStale} />
      <Outcome reading={reading} id={`${kind}/${name}`} />
    </div>
  )
}

function Outcome({ reading, id }: { reading: Reading<Why>; id: string }) {
  const words = useWords()
  const { data, error, isLoading, refetch } = reading
  if (error?.status === 404) return <Empty title={words('why.no-clause', { id })}>{words('why.no-clause.how')}</Empty>
  if (error && data === undefined) return <Fault error={error} retry={refetch} />
  if (isLoading || data === undefined) return <Loading label={words('why.loading')} />
  return <Trace key={data.clause.id} why={data} />
}

function About({ why }: { why: Why }) {
  const words = useWords()
  const format = useFormat()
  const { clause, asOf, knownAt, trace } = why
  return (
    <>
      {clause.kindText} · {words('why.as-of', { date: format.date(asOf) })} ·{' '}
      {words('why.known-at', { date: format.date(knownAt) })} · {words('why.steps', { count: sizeOf(trace) })}
    </>
  )
}

/** The address of this page with both dates and the chosen node, so that whoever opens it sees the same. */
function Actions({ id }: { id: string }) {
  const words = useWords()
  const { asOf, knownAt } = useDates()
  const [{ node }] = useSearchState()
  const href = useHref()
  const own = new URLSearchParams({
    ...(node === undefined ? {} : { node }),
    'as-of': asOf,
    ...(knownAt === undefined ? {} : { 'known-at': knownAt }),
  })
  const link = `${location.origin}${href(`${clausePath(id, 'why')}?${own}`)}`
  return (
    <>
      <CopyButton text={link} label={words('why.copy-link')}>
        {words('why.copy-link')}
      </CopyButton>
      <button type="button" className="cv-button" onClick={() => window.print()}>
        {words('why.print')}
      </button>
    </>
  )
}

function Trace({ why }: { why: Why }) {
  const words = useWords()
  const [{ node: asked }, setSearch] = useSearchState()
  const { trace, clause } = why
  const path = pathIn(trace, asked) ?? []
  const node = nodeAt(trace, path) ?? trace
  const detail = useRef<HTMLDivElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const lead = useLead(detail, heading)
  const choose = (to: Path): void => {
    setSearch({ node: pathText(to) === '' ? undefined : pathText(to) })
    lead()
  }
  return (
    <>
      {asked !== undefined && pathIn(trace, asked) === undefined && (
        <p role="status" className="why-quiet">
          {words('why.no-node')}
        </p>
      )}
      <Trail root={trace} path={path} onChoose={choose} />
      <div className="why-columns">
        <ClausePanel clause={clause} lines={why.words} span={markedSpan(why, node)} />
        <section className="why-trace" aria-labelledby="why-trace-heading">
          <h2 id="why-trace-heading">{words('why.trace')}</h2>
          <TraceTree root={trace} chosen={path} onChoose={choose} />
        </section>
        <div ref={detail} className="why-side">
          <NodeDetail node={node} path={path} onChoose={choose} lines={why.words} heading={heading} />
        </div>
      </div>
      <PrintedTrace why={why} />
    </>
  )
}

/** Where the detail stands below the tree, as on a phone, choosing a node leads there. */
function useLead(detail: { current: HTMLElement | null }, heading: { current: HTMLElement | null }): () => void {
  const wanted = useRef(false)
  useEffect(() => {
    if (!wanted.current) return
    wanted.current = false
    // The router puts the scroll back where it was once the new address is drawn; this comes after it.
    requestAnimationFrame(() => requestAnimationFrame(() => leadTo(detail.current, heading.current)))
  })
  return () => {
    wanted.current = true
  }
}

function leadTo(detail: HTMLElement | null, heading: HTMLElement | null): void {
  const tree = detail?.parentElement?.querySelector('.why-trace')
  if (!detail || !tree || detail.getBoundingClientRect().top < tree.getBoundingClientRect().bottom) return
  detail.scrollIntoView({ block: 'start' })
  heading?.focus({ preventScroll: true })
}
