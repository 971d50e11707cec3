import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { message, type Problem } from '../language/index.ts'
import type { Amendment } from './amendment.ts'
import { readAmendment } from './amendments.ts'
import { LIMITS, textOfBytes } from './bytes.ts'
import type { Agreement } from './clause.ts'
import { type ReadingContext, readAgreement } from './read.ts'
import type { Supplement } from './rules.ts'
import { readSupplement } from './supplement.ts'
import { slug } from './words.ts'
import { readAgreementYaml } from './yaml-form.ts'

/** An agreement as it lies on disk: the text, and what stands beside it. */
export interface OpenedAgreement {
  /** Undefined when the text could not be read at all; `problems` says why. */
  agreement?: Agreement
  supplement?: Supplement
  amendments: Amendment[]
  problems: Problem[]
  /** Lines of each file by its name, for code frames. */
  texts: Map<string, string[]>
}

/**
 * Opens an agreement: a Markdown or YAML file, or a folder with `agreement.md` (or `.yaml`), `supplement.yaml` and `amendments/`.
 * `supplementPath` names another supplement. Never throws on what a file holds.
 */
export function openAgreement(path: string, context: ReadingContext, supplementPath?: string): OpenedAgreement {
  const opened: OpenedAgreement = { amendments: [], problems: [], texts: new Map() }
  const main = mainFile(path, opened)
  if (main === undefined) return opened
  const folder = isFolder(path) ? path : undefined
  const text = readText(main, opened)
  if (text !== undefined) {
    const id = slug(folder ? basename(join(folder, '.')) || 'agreement' : basename(main).replace(/\.[^.]+$/, ''))
    if (/\.ya?ml$/i.test(main)) {
      const read = readAgreementYaml(text, main, context.kinds)
      opened.problems.push(...read.problems)
      if (read.agreement) opened.agreement = read.agreement
    } else opened.agreement = readAgreement(text, main, context, id)
  }
  const beside = join(folder ?? dirname(main), 'supplement.yaml')
  const supplement = supplementPath ?? (folder && existsSync(beside) ? beside : undefined)
  if (supplement !== undefined) openSupplement(supplement, opened)
  if (folder) openAmendments(join(folder, 'amendments'), opened)
  return opened
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory()
}

function mainFile(path: string, opened: OpenedAgreement): string | undefined {
  if (!existsSync(path)) return refuse(opened, 'document/not-found', path)
  if (!isFolder(path)) return path
  const found = ['agreement.md', 'agreement.yaml', 'agreement.yml']
    .map((name) => join(path, name))
    .find((file) => existsSync(file))
  return found ?? refuse(opened, 'document/no-agreement-in-folder', path)
}

function refuse(opened: OpenedAgreement, code: string, file: string): undefined {
  const where = { file, line: 1, column: 1, endLine: 1, endColumn: 1 }
  opened.problems.push({ code, where, message: message(code, { file }), fix: message(`${code}.fix`) })
}

function readText(file: string, opened: OpenedAgreement): string | undefined {
  try {
    const { size } = statSync(file)
    // A file beyond the limit is refused by its size alone, without holding it in memory.
    const bytes = size > LIMITS.bytes ? new Uint8Array(LIMITS.bytes + 1) : readFileSync(file)
    const { text, problems } = textOfBytes(bytes, file)
    opened.problems.push(...problems)
    if (text !== undefined) opened.texts.set(file, text.split(/\r\n|\n|\r/))
    return text
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    const where = { file, line: 1, column: 1, endLine: 1, endColumn: 1 }
    opened.problems.push({
      code: 'document/unreadable',
      where,
      message: message('document/unreadable', { file, detail }),
      fix: message('document/unreadable.fix'),
    })
    return undefined
  }
}

function openSupplement(file: string, opened: OpenedAgreement): void {
  const text = existsSync(file) ? readText(file, opened) : refuse(opened, 'document/not-found', file)
  if (text === undefined) return
  const { supplement, problems } = readSupplement(text, file)
  opened.supplement = supplement
  opened.problems.push(...problems)
}

function openAmendments(folder: string, opened: OpenedAgreement): void {
  if (!isFolder(folder)) return
  for (const name of readdirSync(folder)
    .filter((each) => /\.ya?ml$/i.test(each))
    .sort()) {
    const text = readText(join(folder, name), opened)
    if (text === undefined) continue
    const { amendment, problems } = readAmendment(text, join(folder, name))
    if (amendment) opened.amendments.push(amendment)
    opened.problems.push(...problems)
  }
}
