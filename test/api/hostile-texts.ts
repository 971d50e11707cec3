import { join } from 'node:path'
import { commitBulk, newImportId } from '../../src/evidence/ledger/index.ts'
import { bring, fact } from '../evidence/tenants.ts'
import type { Answer, Browser, Serving } from './serving.ts'

/** Texts that run somewhere, when they are shown without care. */
export const SCRIPTS: readonly string[] = [
  '<script>window.ran=1;alert(1)</script>',
  '"><img src=x onerror="window.ran=1;alert(2)">',
  "'-window.ran=1-'",
  '</title></textarea><svg/onload=window.ran=1>',
  '{{constructor.constructor("window.ran=1")()}}',
  '$' + '{window.ran=1}',
  'javascript:window.ran=1//',
  '<!--<iframe srcdoc="<script>parent.ran=1</script>">',
]

/** Texts that a spreadsheet runs. */
export const FORMULAS: readonly string[] = [
  ...['=1+1', '+1+1', '-1+1', '@SUM(A1)', '=cmd|"/c calc"!A1', '\t=1', '\r=1', '\n=1', ' =1', '\u200b=1', '\ufeff=1'],
  ...['＝1+1', '＋1+1', '－1+1', '＠SUM(A1)', '−1+1', '"=1+1"', '=1,=2', '=1\r\n=2'],
]

/** What was planted, by where it was. */
export interface Planted {
  /** Answers to every write, with what it said. */
  answers: { place: string; text: string; answer: Answer }[]
  clause: string
  drafts: string[]
  imports: string[]
}

/** Puts texts wherever the interface keeps one, and into evidence as a file would bring it. */
export async function plant(server: Serving, admin: Browser, texts: readonly string[]): Promise<Planted> {
  const { body } = await admin.ask<{ items: { id: string }[] }>('GET', '/clauses?limit=50')
  const clauses = body.items.map(({ id }) => id)
  const planted: Planted = { answers: [], clause: clauses[0] as string, drafts: [], imports: [] }
  const write = async (place: string, text: string, method: string, path: string, said: object) => {
    const answer = await admin.ask(method, path, said)
    planted.answers.push({ place, text, answer })
    return answer
  }
  for (const [at, text] of texts.entries()) {
    const clause = clauses[at % clauses.length]
    await write('person', text, 'POST', '/people', { name: text, email: `t${at}@alder.example`, roles: ['auditor'] })
    await write('customer', text, 'POST', '/people', {
      name: 'c',
      email: `c${at}@alder.example`,
      roles: ['customer'],
      customers: [text],
    })
    await write('token', text, 'POST', '/tokens', { name: text, rights: ['read'], days: 1 })
    const draft = await write('draft', text, 'POST', '/drafts', { title: text, text })
    if (draft.status === 201) planted.drafts.push(String(draft.body.id))
    const said = { clause, reason: text, approvedBy: text, until: '2030-01-01' }
    await write('waiver', text, 'POST', '/waivers', said)
    const provider = { name: text, issuer: 'https://sso.alder.example', clientId: text, newPeople: [] }
    await write('provider', text, 'PUT', '/settings/provider', provider)
    planted.imports.push(await evidenceOf(server, text, at))
    const taken = await bring(server.ledger, [fact('changes', `gone-${at}`, 'C-002', { file: `gone ${at}` })])
    await write('retraction', text, 'POST', `/imports/${taken}/retraction`, { reason: text })
  }
  await rowsOf(server, texts)
  const [first = ''] = texts
  const provider = { name: first, issuer: 'https://sso.alder.example', clientId: first, newPeople: [] }
  await write('provider', first, 'PUT', '/settings/provider', provider)
  await write('name', first, 'PATCH', '/session/person', { name: first })
  return planted
}

function evidenceOf({ ledger }: Serving, text: string, at: number): Promise<string> {
  const named = { values: { [text]: text, note: text }, file: text, row: text, version: text }
  return bring(ledger, [
    fact('incidents', `${text}${at}`, text, named),
    fact('changes', `${text}${at}`, 'C-001', named),
  ])
}

/** A data set of rows that no clause is judged by. */
export const ROWS = 'hostile-rows'

async function rowsOf({ ledger }: Serving, texts: readonly string[]): Promise<void> {
  const path = join(ledger.staging(), 'hostile.parquet')
  const values = texts.map((text, at) => `('${text.replaceAll("'", "''")}', '_file', ${at})`).join(', ')
  const engine = await ledger.engine()
  await engine.run(`copy (select * from (values ${values}) t(note, _file, _row)) to '${path}' (format parquet)`)
  const tally = { read: texts.length, kept: texts.length, duplicate: 0, superseded: 0, rejected: 0 }
  const files = [{ file: '=1', sha256: 'cd'.repeat(32), bytes: 5, tally }]
  const times = { from: '2025-01-01T00:00:00Z', to: '2025-01-31T00:00:00Z', period: '2025-01' }
  const segments = [{ dataset: ROWS, owner: 'C-001', id: 'hostile', rows: texts.length, ...times, path }]
  const about = { source: 'contact-records', sourceVersion: 1, label: '=1', receivedAt: '2025-02-01', remarks: {} }
  const brought = { ...about, import: newImportId(ledger.now()), files, segments, dead: [], replaces: [], rejects: [] }
  await commitBulk(ledger, brought)
}
