import type { ReactNode } from 'react'
import { useCan, useWords } from '../../frame/index.ts'
import { PageHead } from '../../parts/index.ts'
import { Activity } from './Activity.tsx'
import { DropArea } from './DropArea.tsx'
import { ImportForm } from './ImportForm.tsx'
import { askFor } from './uploads.ts'
import '../../parts/listing/listing.css'
import './evidence.css'

interface EvidenceFrameProps {
  title: string
  description?: string
  actions?: ReactNode
  children: ReactNode
}

/** What all pages of evidence have: files may be dropped anywhere, and imports under way are seen. */
export function EvidenceFrame({ title, description, actions, children }: EvidenceFrameProps) {
  const say = useWords()
  const can = useCan()
  const buttons = (
    <>
      {actions}
      {can('import') && (
        <button type="button" className="cv-button cv-button-primary" onClick={() => askFor([])}>
          {say('evidence.import-files')}
        </button>
      )}
    </>
  )
  return (
    <div className="cv-stack">
      <PageHead title={title} description={description} actions={buttons} />
      {can('imports') && <Activity />}
      {children}
      {can('import') && <DropArea />}
      {can('import') && <ImportForm />}
    </div>
  )
}
