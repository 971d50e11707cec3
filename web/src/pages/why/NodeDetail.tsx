import type { Ref } from 'react'
import { Link as PageLink, useFormat, useWords } from '../../frame/index.ts'
import { ClauseWords } from '../../parts/clause/ClauseWords.tsx'
import { CopyButton } from '../../parts/clause/CopyButton.tsx'
import { Pairs } from '../../parts/clause/Pairs.tsx'
import { placeHref, placeText, webAddress } from '../../parts/clause/places.ts'
import { Arithmetic, totalOf } from './Arithmetic.tsx'
import { EvidenceRows } from './EvidenceRows.tsx'
import { KindIcon } from './KindIcon.tsx'
import { fieldOf, type Path, type TraceNode, told } from './trace.ts'

interface NodeDetailProps {
  node: TraceNode
  path: Path
  onChoose: (path: Path) => void
  /** The lines of the agreement that the clause stands on. */
  lines: readonly { line: number; text: string }[]
  heading: Ref<HTMLHeadingElement>
}

/** The chosen node: its words with their place, its evidence down to the row, its source, what decided, how it adds up. */
export function NodeDetail({ node, path, onChoose, lines, heading }: NodeDetailProps) {
  const words = useWords()
  const total = totalOf(node, useFormat())
  const key = path.join('.')
  return (
    <section className="why-detail" aria-labelledby="why-detail-heading">
      <h2 ref={heading} id="why-detail-heading" tabIndex={-1} className="why-detail-heading">
        <span className="why-kind">
          <KindIcon kind={node.kind} /> {words(`why.kind.${node.kind}`)}
        </span>
        {told(node).label}
      </h2>
      {total !== '' && node.kind !== 'verdict' && <p className="why-total">{total}</p>}
      <Means node={node} />
      {node.span && <Place span={node.span} lines={lines} />}
      {node.evidence && <Origin evidence={node.evidence} />}
      {node.source && <Sourced source={node.source} />}
      <Arithmetic key={`sum ${key}`} node={node} path={path} onChoose={onChoose} />
      {node.evidence && <EvidenceRows key={`rows ${key}`} origin={node.evidence} field={fieldOf(node)} />}
    </section>
  )
}

function Means({ node }: { node: TraceNode }) {
  const words = useWords()
  if (node.kind === 'rule') return <p className="why-quiet">{words('why.rule')}</p>
  if (node.kind === 'missing')
    return (
      <>
        <p className="why-quiet">{words('why.missing')}</p>
        <p>
          <PageLink to="/evidence">{words('why.missing.how')}</PageLink>
        </p>
      </>
    )
  return null
}

function Place({
  span,
  lines,
}: {
  span: NonNullable<TraceNode['span']>
  lines: readonly { line: number; text: string }[]
}) {
  const words = useWords()
  const own = lines.filter(({ line }) => line >= span.line && line <= span.endLine)
  return (
    <>
      {own.length > 0 && <ClauseWords lines={own} span={span} />}
      <Pairs pairs={[[words('why.place'), <code key="place">{placeText(span)}</code>]]} />
      <p>
        <PageLink to={placeHref(span)}>{words('why.in-the-agreement')}</PageLink>
      </p>
    </>
  )
}

function Origin({ evidence }: { evidence: NonNullable<TraceNode['evidence']> }) {
  const words = useWords()
  const format = useFormat()
  const { dataset, source, file, row, rows, sha256 } = evidence
  return (
    <Pairs
      pairs={[
        [words('why.dataset'), dataset],
        [words('why.source'), source],
        [words('why.file'), file && <code className="why-wrap">{file}</code>],
        [words('why.row'), row && <span className="why-wrap">{row}</span>],
        [words('why.rows'), rows !== undefined && format.number(rows)],
        [
          words('why.sha256'),
          sha256 && (
            <span className="why-hash">
              <code className="why-wrap">{sha256}</code>
              <CopyButton text={sha256} label={words('why.copy-hash')} />
            </span>
          ),
        ],
      ]}
    />
  )
}

function Sourced({ source }: { source: NonNullable<TraceNode['source']> }) {
  const words = useWords()
  const format = useFormat()
  const address = webAddress(source.url)
  return (
    <Pairs
      pairs={[
        [words('why.source'), source.title],
        [
          words('why.address'),
          address && (
            <a className="cv-link" href={address} target="_blank" rel="noreferrer">
              {address} <span className="cv-sr">({words('why.new-tab')})</span>
            </a>
          ),
        ],
        [words('why.read-on'), source.readOn && format.date(source.readOn)],
      ]}
    />
  )
}
