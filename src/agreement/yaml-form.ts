import { stringify } from 'yaml'
import { z } from 'zod'
import {
  LANGUAGES,
  message,
  type Param,
  type Problem,
  type Span,
  spanFromText,
  spanText,
  YamlSource,
} from '../language/index.ts'
import type { Agreement, Cell, Clause, Heading, KnownKind } from './clause.ts'
import { resolveCurrency } from './currency.ts'
import { plainLabel } from './words.ts'

const at = z
  .string()
  .regex(/^\d+:\d+-\d+:\d+$/)
  .describe('place in the document it was converted from: line:column-line:column')
const sides = ['partner', 'provider', 'both', 'none'] as const

const cellForm = z.strictObject({
  text: z.string(),
  column: z.string().optional(),
  role: z.string().optional(),
  party: z.enum(['partner', 'provider']).optional(),
  struck: z.boolean().optional(),
  needed: z.boolean().optional(),
  at: at.optional(),
})

const clauseForm = z.strictObject({
  id: z.string().min(1),
  kind: z.string().min(1),
  title: z.string(),
  section: z.array(z.string()).optional(),
  force: z.enum(['obligation', 'target', 'estimate', 'statement']),
  obligor: z.enum(sides),
  beneficiary: z.enum(sides),
  terms: z.record(z.string(), z.unknown()),
  cells: z.array(cellForm).optional().describe('the words of the text, cell by cell'),
  amendedBy: z.array(z.string()).optional(),
  table: z.int().nonnegative().optional().describe('index of the heading with the columns of its table'),
  places: z.record(z.string(), at).optional().describe('place of each term in the original document'),
  at: at.optional(),
})

/** The YAML form of an agreement, before each clause's terms are checked by its kind. */
export const agreementForm = z.strictObject({
  convenio: z.literal(1).describe('version of this form'),
  id: z.string().min(1),
  title: z.string(),
  language: z.enum(LANGUAGES),
  decimalMark: z.enum(['.', ',']).optional(),
  source: z.string().optional().describe('file it was converted from'),
  parties: z
    .array(
      z.strictObject({
        name: z.string(),
        side: z.enum(['partner', 'provider']),
        aliases: z.array(z.string()).optional(),
        at: at.optional(),
      }),
    )
    .optional(),
  headings: z
    .array(
      z.strictObject({
        form: z.enum(['heading', 'columns', 'rule']),
        depth: z.int(),
        text: z.string(),
        columns: z.array(cellForm).optional(),
        at: at.optional(),
      }),
    )
    .optional(),
  clauses: z.array(clauseForm),
  problems: z
    .array(
      z.strictObject({ code: z.string(), params: z.record(z.string(), z.unknown()).optional(), at: at.optional() }),
    )
    .optional(),
})

type AgreementForm = z.infer<typeof agreementForm>
type CellForm = z.infer<typeof cellForm>

/** The agreement as YAML: everything but the text's own lines, with the place of each thing in the original. */
export function agreementAsData(agreement: Agreement): AgreementForm {
  const cell = (each: Cell): CellForm => ({
    text: each.text,
    ...(each.column ? { column: each.column } : {}),
    ...(each.role ? { role: each.role } : {}),
    ...(each.party ? { party: each.party } : {}),
    ...(each.struck ? { struck: true } : {}),
    ...(each.needed ? { needed: true } : {}),
    at: spanText(each.span),
  })
  const heading = (each: Heading) => ({
    form: each.form,
    depth: each.depth,
    text: each.text,
    ...(each.columns ? { columns: each.columns.map(cell) } : {}),
    at: spanText(each.span),
  })
  const clause = (each: Clause) => ({
    id: each.id,
    kind: each.kind,
    title: each.title,
    section: each.section,
    force: each.force,
    obligor: each.obligor,
    beneficiary: each.beneficiary,
    terms: each.terms as Record<string, unknown>,
    cells: each.cells.map(cell),
    ...(each.amendedBy ? { amendedBy: each.amendedBy } : {}),
    ...(each.table === undefined ? {} : { table: each.table }),
    places: Object.fromEntries(Object.entries(each.places).map(([role, span]) => [role, spanText(span)])),
    at: spanText(each.origin ?? each.span),
  })
  const { id, title, language, decimalMark, file } = agreement
  return {
    convenio: 1,
    id,
    title,
    language,
    decimalMark,
    source: file,
    parties: agreement.parties.map(({ name, side, aliases, span }) => ({ name, side, aliases, at: spanText(span) })),
    headings: agreement.headings.map(heading),
    clauses: agreement.clauses.map(clause),
    problems: agreement.problems.map(({ code, message: said, where }) => ({
      code,
      params: said.params,
      at: spanText(where),
    })),
  }
}

/** The agreement as a YAML text that `readAgreementYaml` reads back with nothing lost; `schema` is where editors find its schema. */
export function agreementAsYaml(agreement: Agreement, schema?: string): string {
  const head = schema ? `# yaml-language-server: $schema=${schema}\n` : ''
  return head + stringify(agreementAsData(agreement), { lineWidth: 0 })
}

/** Reads the YAML form. Problems name their place; a clause whose terms are wrong becomes `unread`, the others are kept. */
export function readAgreementYaml(
  text: string,
  file: string,
  kinds: readonly KnownKind[],
): { agreement?: Agreement; problems: Problem[] } {
  const source = new YamlSource(text, file)
  const form = source.problems.length > 0 ? undefined : source.check(agreementForm)
  if (!form) return { problems: source.problems }
  const byId = new Map(kinds.map((known) => [known.kind.id, known.kind]))
  const clauses = form.clauses.map((each, index): Clause => {
    const kind = byId.get(each.kind)
    const path = ['clauses', index]
    if (each.kind !== 'unread' && !kind) unknownKind(source, path, each.kind)
    else if (kind) source.check(kind.terms as z.ZodType<unknown>, [...path, 'terms'], each.terms)
    return clauseOf(each, index, source, form.source ?? file)
  })
  const headings = (form.headings ?? []).map((each, index): Heading => {
    const span = source.spanAt(['headings', index])
    const columns = each.columns?.map((cell, column) =>
      cellOf(cell, source.spanAt(['headings', index, 'columns', column])),
    )
    return { form: each.form, depth: each.depth, text: each.text, span, ...(columns ? { columns } : {}) }
  })
  const parties = (form.parties ?? []).map((each, index) => ({
    name: each.name,
    side: each.side,
    aliases: each.aliases ?? [plainLabel(each.name)],
    span: source.spanAt(['parties', index]),
  }))
  const problems = (form.problems ?? []).map((each, index): Problem => {
    const params = (each.params ?? {}) as Record<string, Param>
    return {
      code: each.code,
      where: placeOfProblem(form, source, each.at, index),
      message: message(each.code, params),
      fix: message(`${each.code}.fix`, params),
    }
  })
  const { id, title, language } = form
  const agreement: Agreement = {
    id,
    title,
    language,
    file,
    lines: text.split(/\r\n|\n|\r/),
    decimalMark: form.decimalMark ?? (language === 'es' ? ',' : '.'),
    parties,
    headings,
    clauses,
    problems,
  }
  return { agreement: resolveCurrency(agreement), problems: source.problems }
}

function unknownKind(source: YamlSource, path: (string | number)[], kind: string): void {
  const where = source.spanAt([...path, 'kind'])
  source.problems.push({
    code: 'yaml/unknown-kind',
    where,
    message: message('yaml/unknown-kind', { kind }),
    fix: message('yaml/unknown-kind.fix'),
  })
}

function cellOf(form: CellForm, span: Span): Cell {
  return {
    text: form.text,
    span,
    column: form.column ?? '',
    ...(form.role ? { role: form.role } : {}),
    ...(form.party ? { party: form.party } : {}),
    ...(form.struck ? { struck: true } : {}),
    ...(form.needed ? { needed: true } : {}),
  }
}

function clauseOf(form: AgreementForm['clauses'][number], index: number, source: YamlSource, original: string): Clause {
  const path = ['clauses', index]
  const span = source.spanAt(path)
  const cells = (form.cells ?? [{ text: form.title }]).map((cell, at) =>
    cellOf(cell, form.cells ? source.spanAt([...path, 'cells', at]) : source.spanAt([...path, 'title'])),
  )
  const places: Record<string, Span> = {}
  for (const cell of cells) if (cell.role) places[cell.role] = cell.span
  for (const term of Object.keys(form.terms)) places[term] ??= source.spanAt([...path, 'terms', term])
  for (const role of Object.keys(form.places ?? {})) places[role] ??= cells[0]?.span ?? span
  places.label ??= cells[0]?.span ?? span
  const origin = form.at === undefined ? undefined : spanFromText(form.at, original)
  const { id, kind, title, force, obligor, beneficiary, terms, amendedBy, table } = form
  return {
    id,
    kind,
    title,
    section: form.section ?? [],
    force,
    obligor,
    beneficiary,
    terms,
    cells,
    span,
    places,
    ...(origin ? { origin } : {}),
    ...(amendedBy ? { amendedBy } : {}),
    ...(table === undefined ? {} : { table }),
  }
}

// A problem points at the cell that it was about, found by its place in the original.
function placeOfProblem(form: AgreementForm, source: YamlSource, at: string | undefined, index: number): Span {
  for (const [clauseIndex, clause] of at === undefined ? [] : form.clauses.entries()) {
    if (clause.at === at) return source.spanAt(['clauses', clauseIndex])
    const cell = (clause.cells ?? []).findIndex((each) => each.at === at)
    if (cell >= 0) return source.spanAt(['clauses', clauseIndex, 'cells', cell])
  }
  return source.spanAt(['problems', index])
}
