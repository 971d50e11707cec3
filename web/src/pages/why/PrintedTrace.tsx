import type { Shape } from '@client'
import { useEffect, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import { useFormat, useWords } from '../../frame/index.ts'
import { ClauseWords } from '../../parts/clause/ClauseWords.tsx'
import { placeText } from '../../parts/clause/places.ts'
import { Verdict } from '../../parts/index.ts'
import { totalOf } from './Arithmetic.tsx'
import { markedSpan } from './marked.ts'
import { type TraceNode, told } from './trace.ts'

type Why = Shape<'Why'>

/** The whole page on paper: words, verdict, and every node with its place or its file, row and hash. It exists only while printing. */
export function PrintedTrace({ why }: { why: Why }) {
  const printing = usePrinting()
  return printing ? createPortal(<Paper why={why} />, document.body) : null
}

// The browser lays the paper out as soon as its event is over: what is printed must be there by then.
function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const begin = (): void => flushSync(() => setPrinting(true))
    const end = (): void => setPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}

function Paper({ why }: { why: Why }) {
  const words = useWords()
  const format = useFormat()
  const { clause, asOf, knownAt, trace } = why
  const { measure, moneyAtStake } = clause
  const figures = [
    measure && `${words('why.promised')}: ${measure.targetText}`,
    measure && `${words('why.measured')}: ${measure.valueText}`,
    clause.forecast && `${words('why.forecast')}: ${clause.forecast.text}`,
    moneyAtStake && `${words('why.money')}: ${format.money(moneyAtStake)}`,
  ].filter((each) => each !== null)
  return (
    <article className="why-paper">
      <h1>{words('why.of', { clause: clause.title })}</h1>
      <p>
        {clause.kindText} · {clause.id} · {placeText(clause.span)} · {words('why.as-of', { date: format.date(asOf) })} ·{' '}
        {words('why.known-at', { date: format.date(knownAt) })}
      </p>
      <h2>{words('why.the-words')}</h2>
      <ClauseWords lines={why.words} span={markedSpan(why, trace)} />
      <p>
        <Verdict verdict={clause.verdict} /> {clause.reason}
      </p>
      {figures.length > 0 && <p>{figures.join(' · ')}</p>}
      <h2>{words('why.trace')}</h2>
      <ol className="why-paper-tree">
        <PaperNode node={trace} number="" />
      </ol>
    </article>
  )
}

function PaperNode({ node, number }: { node: TraceNode; number: string }) {
  const words = useWords()
  const value = totalOf(node, useFormat())
  const proof = proofOf(node)
  return (
    <li>
      <div className="why-paper-line">
        <span>
          {number !== '' && <span className="why-paper-number">{number} </span>}
          <b>{words(`why.kind.${node.kind}`)}</b> {told(node).label}
        </span>
        <span className="why-number">{value}</span>
      </div>
      {proof !== '' && <div className="why-paper-proof">{proof}</div>}
      {node.children.length > 0 && (
        <ol>
          {node.children.map((child, at) => {
            const own = number === '' ? `${at + 1}` : `${number}.${at + 1}`
            return <PaperNode key={own} node={child} number={own} />
          })}
        </ol>
      )}
    </li>
  )
}

function proofOf({ span, evidence, source }: TraceNode): string {
  const { source: system, file, row, rows, sha256 } = evidence ?? {}
  return [
    span && placeText(span),
    system,
    file,
    row === undefined ? rows !== undefined && `× ${rows}` : `# ${row}`,
    sha256 && `sha256 ${sha256}`,
    source?.title,
    source?.url,
    source?.readOn,
  ]
    .filter((each) => typeof each === 'string' && each !== '')
    .join(' · ')
}
