import { useEffect, useState } from 'react'
import { useWords } from '../../frame/index.ts'
import { droppedFiles, holdsFiles, joinFiles } from './dropped-files.ts'
import { askFor, useAskedFiles } from './uploads.ts'
import './evidence.css'

/** Takes files dropped anywhere on the page into the import form. While files hover, it says so over the page. */
export function DropArea() {
  const say = useWords()
  const asked = useAskedFiles()
  const [hovering, setHovering] = useState(false)
  const [unreadable, setUnreadable] = useState(false)
  useEffect(() => {
    // Enter and leave come for every element passed over; only the difference says whether files are over the page.
    let depth = 0
    const over = (event: DragEvent) => {
      if (holdsFiles(event.dataTransfer)) event.preventDefault()
    }
    const enter = (event: DragEvent) => {
      if (!holdsFiles(event.dataTransfer)) return
      event.preventDefault()
      depth += 1
      setHovering(true)
    }
    const leave = () => {
      depth = Math.max(0, depth - 1)
      if (depth === 0) setHovering(false)
    }
    const drop = (event: DragEvent) => {
      if (event.dataTransfer === null || !holdsFiles(event.dataTransfer)) return
      event.preventDefault()
      depth = 0
      setHovering(false)
      droppedFiles(event.dataTransfer).then(
        (files) => {
          setUnreadable(false)
          askFor(joinFiles(asked ?? [], files))
        },
        () => setUnreadable(true),
      )
    }
    addEventListener('dragover', over)
    addEventListener('dragenter', enter)
    addEventListener('dragleave', leave)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', over)
      removeEventListener('dragenter', enter)
      removeEventListener('dragleave', leave)
      removeEventListener('drop', drop)
    }
  }, [asked])
  return (
    <>
      {hovering && (
        <div className="drop-area" aria-hidden="true">
          <div className="drop-area-words">{say('evidence.drop-here')}</div>
        </div>
      )}
      <div role="status">{unreadable && say('evidence.drop-unreadable')}</div>
    </>
  )
}
