import { useWords } from '../../frame/index.ts'
import { type Path, pathText, stepsTo, type TraceNode, told } from './trace.ts'

/** The way from the verdict to the chosen node; each step leads back to it. */
export function Trail({ root, path, onChoose }: { root: TraceNode; path: Path; onChoose: (path: Path) => void }) {
  const words = useWords()
  if (path.length === 0) return null
  const steps = stepsTo(root, path)
  return (
    <nav className="why-trail" aria-label={words('why.trail')}>
      <ol>
        {steps.map(({ path: to, node }, at) => {
          const label = at === 0 ? words('why.verdict') : told(node).label
          return (
            <li key={pathText(to)}>
              {at === steps.length - 1 ? (
                <span aria-current="true">{label}</span>
              ) : (
                <button type="button" className="why-step" title={label} onClick={() => onChoose(to)}>
                  {label}
                </button>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
