import { useState } from 'react'
import { type Format, useFormat, useWords } from '../../frame/index.ts'
import { exactSum, isDecimal } from './exact.ts'
import { FigureText, useFraction } from './FigureText.tsx'
import { KindIcon } from './KindIcon.tsx'
import { arithmeticOf, numberOf, type Path, type TraceNode, told } from './trace.ts'

const FIRST = 8
const PAGE = 50

interface ArithmeticProps {
  node: TraceNode
  path: Path
  onChoose: (path: Path) => void
}

/** A line of the arithmetic: what is added, subtracted or merely stands there. */
interface Part {
  label: string
  sign: string
  figure: string
  /** The child that it is; absent for the rest taken together. */
  index?: number
}

/** How a number comes about: its parts one under the other, a line, and what they come to. */
export function Arithmetic({ node, path, onChoose }: ArithmeticProps) {
  const words = useWords()
  const format = useFormat()
  const [shown, setShown] = useState(FIRST)
  const how = arithmeticOf(node)
  const most = node.children.length <= shown + 2 ? node.children.length : shown
  const rest = node.children.slice(most)
  const parts = node.children.slice(0, most).map((child, index) => partOf(child, index, how === 'sum', format))
  if (rest.length > 0) parts.push(restOf(rest, how === 'sum', words('why.more', { count: rest.length }), format))
  const total = node.kind === 'verdict' ? '' : totalOf(node, format)
  const fraction = useFraction([...parts.map(({ figure }) => figure), total])
  if (node.children.length === 0) return null
  return (
    <div className="why-sum">
      <table>
        <caption>{words(`why.arithmetic.${how}`)}</caption>
        <tbody>
          {parts.map((part) => (
            <PartRow
              key={part.index ?? 'rest'}
              part={part}
              fraction={fraction}
              node={part.index === undefined ? undefined : node.children[part.index]}
              onChoose={(index) => onChoose([...path, index])}
            />
          ))}
        </tbody>
        {total !== '' && (
          <tfoot>
            <tr>
              <th scope="row">{told(node).label}</th>
              <td className="why-number">
                <span aria-hidden="true">{how === 'other' ? '' : '= '}</span>
                <FigureText text={total} fraction={fraction} />
              </td>
            </tr>
          </tfoot>
        )}
      </table>
      {rest.length > 0 && (
        <button type="button" className="why-step" onClick={() => setShown(most + PAGE)}>
          {words('why.next', { count: Math.min(PAGE, rest.length) })}
        </button>
      )}
    </div>
  )
}

function partOf(node: TraceNode, index: number, summed: boolean, format: Format): Part {
  const number = summed ? numberOf(node) : undefined
  const { label } = told(node)
  if (number === undefined) return { label, sign: '', figure: totalOf(node, format), index }
  return { label, index, ...signed(number, index === 0, format) }
}

function restOf(nodes: readonly TraceNode[], summed: boolean, label: string, format: Format): Part {
  if (!summed) return { label, sign: '', figure: '' }
  return { label, ...signed(exactSum(nodes.map(numberOf).filter((each) => each !== undefined)), false, format) }
}

// Something negative is subtracted, not added with a sign of its own.
function signed(number: string, isFirst: boolean, format: Format): { sign: string; figure: string } {
  if (number.startsWith('-')) return { sign: '−', figure: format.number(number.slice(1)) }
  return { sign: isFirst ? '' : '+', figure: format.number(number) }
}

interface PartRowProps {
  part: Part
  fraction: number
  node: TraceNode | undefined
  onChoose: (index: number) => void
}

function PartRow({ part: { label, sign, figure, index }, fraction, node, onChoose }: PartRowProps) {
  return (
    <tr>
      <th scope="row">
        {node && index !== undefined ? (
          <button type="button" className="why-part" onClick={() => onChoose(index)}>
            <KindIcon kind={node.kind} />
            <span>{label}</span>
          </button>
        ) : (
          <span className="why-quiet">{label}</span>
        )}
      </th>
      <td className="why-number">
        {sign !== '' && <span>{sign} </span>}
        {figure !== '' && <FigureText text={figure} fraction={fraction} />}
      </td>
    </tr>
  )
}

/** What a node comes to, as the reader's country writes it. */
export function totalOf(node: TraceNode, format: Format): string {
  const { value } = told(node)
  return isDecimal(value) ? format.number(value) : value
}
