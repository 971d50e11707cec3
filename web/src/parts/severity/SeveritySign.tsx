import './severity.css'

type SeverityName = 'error' | 'warning' | 'info'

const SHAPES: Record<SeverityName, string> = {
  error: 'M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1zM8 4.4v4.4M8 10.8v.6',
  warning: 'M8 1.6 15 14.4H1zM8 6v4M8 11.8v.6',
  info: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1M8 7.2v4.6M8 4.2v.6',
}

/** The sign of a severity; whoever shows it also says it in words. */
export function SeveritySign({ severity }: { severity: SeverityName }) {
  return (
    <svg
      className={`severity-sign severity-sign-${severity}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
    >
      <path d={SHAPES[severity]} />
    </svg>
  )
}
