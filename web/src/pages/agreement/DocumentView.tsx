import {
  memo,
  type ReactNode,
  type RefObject,
  startTransition,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useWords } from '../../frame/index.ts'
import {
  type End,
  endsOf,
  type Finding,
  type PlacedBlock,
  type PlacedClause,
  type PlacedDocument,
  type Section,
  type Severity,
} from '../../parts/document/document.ts'
import { Verdict } from '../../parts/index.ts'
import { type DocumentActions, DocumentBlock, ElsewhereHeading, OwnMark } from './DocumentBlock.tsx'
import { FindingNote } from './FindingNote.tsx'
import { NoteList } from './NoteList.tsx'

interface ViewProps {
  placed: PlacedDocument
  language: 'en' | 'es'
  severities: readonly Severity[]
  selected: Finding | undefined
  target: number | undefined
  isShown: (clause: PlacedClause) => boolean
  actions: DocumentActions
}

const MARGIN_FROM_PX = 740
const LONG_FROM_BLOCKS = 400
const FIRST_CHAPTERS = 20
const NO_ENDS: readonly End[] = []
const NO_FINDINGS: readonly Finding[] = []

/** The document. A change of the finding looked at draws only the blocks that it leaves and reaches. */
export function DocumentView(props: ViewProps) {
  const { placed, language, severities, selected, target } = props
  const article = useRef<HTMLElement>(null)
  const hasMargin = useMargin(article)
  const chapters = useMemo(() => chaptersOf(placed.sections), [placed])
  const findings = useMemo(() => shownFindings(chapters, severities), [chapters, severities])
  const ends = useMemo(() => endsByBlock(placed, selected), [placed, selected])
  const targeted = target === undefined ? undefined : placed.blockAt(target)
  const needed = chapters.findIndex((chapter) => holds(chapter, targeted, selected))
  const shown = useGrowing(chapters.length, needed + 1)
  const isLong = placed.sections.reduce((sum, section) => sum + section.blocks.length, 0) > LONG_FROM_BLOCKS
  const ofBlock = (each: PlacedBlock) => {
    const chosen = !hasMargin && selected && each.findings.includes(selected) ? selected : undefined
    return (
      <DocumentBlock
        key={each.key}
        placed={each}
        findings={hasMargin ? NO_FINDINGS : withChosen(findings.get(each.key) ?? NO_FINDINGS, chosen)}
        selected={chosen}
        ends={ends.get(each.key) ?? NO_ENDS}
        isShown={props.isShown}
        target={each === targeted ? target : undefined}
        actions={props.actions}
      />
    )
  }
  return (
    <article
      className={isLong ? 'agreement-document agreement-document-long' : 'agreement-document'}
      lang={language}
      ref={article}
    >
      {chapters.slice(0, shown).map((chapter) => (
        <ChapterView
          key={chapter.key}
          chapter={chapter}
          findings={(hasMargin && findings.get(chapter.key)) || NO_FINDINGS}
          selected={hasMargin ? selected : undefined}
          actions={props.actions}
        >
          {grouped(chapter.blocks, ofBlock)}
        </ChapterView>
      ))}
      {shown === chapters.length && <Elsewhere {...props} />}
    </article>
  )
}

function holds(chapter: Chapter, targeted: PlacedBlock | undefined, selected: Finding | undefined): boolean {
  return chapter.blocks.some((each) => each === targeted || (selected && each.findings.includes(selected)))
}

/** How many chapters are drawn: at first those that are looked at, then some more at a time, so that a long document blocks nothing. */
function useGrowing(total: number, needed: number): number {
  const [drawn, setDrawn] = useState(FIRST_CHAPTERS)
  const shown = Math.min(total, Math.max(drawn, needed))
  useEffect(() => {
    if (shown >= total) return
    const timer = setTimeout(() => startTransition(() => setDrawn(shown + FIRST_CHAPTERS)), 0)
    return () => clearTimeout(timer)
  }, [shown, total])
  return shown
}

/** Whether there is room for a margin beside the text. */
function useMargin(article: RefObject<HTMLElement | null>): boolean {
  const [hasMargin, setMargin] = useState(true)
  useLayoutEffect(() => {
    const shown = article.current
    if (!shown) return
    const measure = () => setMargin(shown.clientWidth >= MARGIN_FROM_PX)
    measure()
    const watch = new ResizeObserver(measure)
    watch.observe(shown)
    return () => watch.disconnect()
  }, [article])
  return hasMargin
}

function withChosen(findings: readonly Finding[], chosen: Finding | undefined): readonly Finding[] {
  return chosen && !findings.includes(chosen) ? [...findings, chosen] : findings
}

/** A chapter, with a margin that all its findings share. */
function ChapterView({
  chapter,
  findings,
  selected,
  actions,
  children,
}: {
  chapter: Chapter
  findings: readonly Finding[]
  selected: Finding | undefined
  actions: DocumentActions
  children: ReactNode
}) {
  const area = useRef<HTMLDivElement>(null)
  const chosen = selected && chapter.blocks.some((each) => each.findings.includes(selected)) ? selected : undefined
  const notes = useMemo(() => withChosen(findings, chosen), [findings, chosen])
  return (
    <section className={notes.length > 0 ? 'agreement-section agreement-section-beside' : 'agreement-section'}>
      <div className="agreement-blocks" ref={area}>
        {children}
      </div>
      <NoteList findings={notes} selected={chosen} actions={actions} area={area} />
    </section>
  )
}

/** Entries that follow each other are one list. */
function grouped(blocks: readonly PlacedBlock[], ofBlock: (each: PlacedBlock) => ReactNode): ReactNode[] {
  const output: ReactNode[] = []
  let items: PlacedBlock[] = []
  const flush = () => {
    if (items.length > 0) output.push(<ul key={`list-${items[0]?.key}`}>{items.map(ofBlock)}</ul>)
    items = []
  }
  for (const each of blocks) {
    if (each.block.type === 'item') items.push(each)
    else {
      flush()
      output.push(ofBlock(each))
    }
  }
  flush()
  return output
}

/** Sections below a heading of the first two levels, with their blocks. */
interface Chapter {
  key: string
  blocks: PlacedBlock[]
}

function chaptersOf(sections: readonly Section[]): Chapter[] {
  const chapters: Chapter[] = []
  for (const section of sections) {
    const last = chapters.at(-1)
    if (last && section.depth > 2) last.blocks.push(...section.blocks)
    else chapters.push({ key: section.key, blocks: [...section.blocks] })
  }
  return chapters
}

/** The findings to be shown, by block and by chapter. */
function shownFindings(chapters: readonly Chapter[], severities: readonly Severity[]): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>()
  for (const chapter of chapters) {
    const all: Finding[] = []
    for (const each of chapter.blocks) {
      const shown = each.findings.filter((finding) => severities.includes(finding.severity))
      if (shown.length > 0) found.set(each.key, shown)
      all.push(...shown)
    }
    if (all.length > 0) found.set(chapter.key, all)
  }
  return found
}

function endsByBlock(placed: PlacedDocument, selected: Finding | undefined): Map<string, End[]> {
  const ends = new Map<string, End[]>()
  const file = placed.sections[0]?.blocks[0]?.block.span.file
  for (const end of selected ? endsOf(selected) : []) {
    const key = end.span.file === file ? placed.blockAt(end.span.line)?.key : undefined
    if (key !== undefined) ends.set(key, [...(ends.get(key) ?? []), end])
  }
  return ends
}

/** Clauses that amendments or the supplement add, and what is found outside the text. */
const Elsewhere = memo(function Elsewhere({ placed, selected, severities, isShown, actions }: ViewProps) {
  const t = useWords()
  const findings = placed.elsewhere.findings.filter((each) => severities.includes(each.severity) || each === selected)
  const { clauses } = placed.elsewhere
  if (clauses.length === 0 && findings.length === 0) return null
  return (
    <section className="agreement-section">
      <ElsewhereHeading />
      <ul className="agreement-elsewhere">
        {clauses.map((clause) => (
          <li key={clause.id} className={isShown(clause) ? `agreement-barred verdict-${clause.verdict}` : undefined}>
            <OwnMark clause={clause} shown={isShown(clause)} /> {clause.title} <Verdict verdict={clause.verdict} />{' '}
            <small>{t('agreement.elsewhere.place', { file: clause.span.file, line: clause.span.line })}</small>
          </li>
        ))}
      </ul>
      {findings.length > 0 && (
        <ul className="agreement-elsewhere">
          {findings.map((finding) => (
            <FindingNote
              key={finding.fingerprint}
              finding={finding}
              selected={finding === selected}
              actions={actions}
            />
          ))}
        </ul>
      )}
    </section>
  )
})
