import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard'
import { useWords } from '../../frame/index.ts'

/** A text that is long and meant to be copied: shown whole, or only its beginning. */
export function Copied({ text, first }: { text: string; first?: number }) {
  const say = useWords()
  const isCut = first !== undefined && text.length > first
  const start = text.slice(0, first ?? 24)
  return (
    <CopyToClipboard
      variant="inline"
      textToCopy={text}
      textToDisplay={<code className="anywhere">{isCut ? `${start}…` : text}</code>}
      copyButtonAriaLabel={say('listing.copy', { text: start })}
      copySuccessText={say('listing.copied')}
      copyErrorText={say('listing.not-copied')}
    />
  )
}
