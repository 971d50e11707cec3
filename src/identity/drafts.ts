import type { Asker } from '../evidence/ledger/asker.ts'
import { faultOf, type IdentityFault, type Refused, refuse } from './fault.ts'
import { actorOf, asking, change, type IdentityParts, moment } from './parts.ts'
import { isPlainText } from './people.ts'
import type { Person } from './person.ts'
import { rightsOf } from './roles.ts'
import { newId } from './secrets.ts'
import type { DraftRow } from './tables.ts'

const LONGEST_TEXT = 1_000_000

/** An amendment that somebody is writing and nobody has recorded. */
export interface Draft {
  id: string
  person: string
  title: string
  text: string
  /** Grows with each save; a save names the one it began from. */
  version: number
  createdAt: string
  updatedAt: string
}

/** What is written. */
export interface DraftText {
  title: string
  text: string
}

/** Drafts of amendments: one's own, or all of them with the right to amend. */
export class Drafts {
  readonly #parts: IdentityParts

  constructor(parts: IdentityParts) {
    this.#parts = parts
  }

  /** The drafts that the asker may see, the latest first. */
  list(asker: Asker): Promise<Draft[]> {
    return this.#read(asker)
  }

  /** One draft, if the asker may see it. */
  async byId(asker: Asker, id: string): Promise<Draft | undefined> {
    return (await this.#read(asker, id))[0]
  }

  /** Begins a draft. */
  async create(person: Person, said: DraftText): Promise<Draft | Refused> {
    const faults = faultsOfDraft(said)
    if (faults.length > 0) return { refused: 'input', faults }
    const at = moment(this.#parts)
    const row: DraftRow = {
      id: newId(this.#parts.random),
      agreement: this.#parts.ledger.agreement,
      person: person.id,
      title: said.title.trim(),
      text: said.text,
      version: 1,
      created_at: at,
      updated_at: at,
    }
    await change(this.#parts, actorOf(person), async (db, tell) => {
      await db.insertInto('drafts').values(row).execute()
      await tell('draft-begun', row.id)
    })
    return draftOf(row)
  }

  /** Saves a draft that nobody saved since the version it was read in. */
  save(person: Person, id: string, version: number, said: DraftText): Promise<Draft | Refused> {
    const faults = faultsOfDraft(said)
    if (faults.length > 0) return Promise.resolve({ refused: 'input', faults })
    return change(this.#parts, actorOf(person), async (db, tell): Promise<Draft | Refused> => {
      const before = await this.#own(db, person, id)
      if (!before) return refuse('unknown', 'no-such-draft')
      if (before.version !== version) return refuse('conflict', 'draft-changed', { version: before.version })
      const row = {
        title: said.title.trim(),
        text: said.text,
        version: version + 1,
        updated_at: moment(this.#parts),
      }
      await db.updateTable('drafts').set(row).where('id', '=', id).execute()
      await tell('draft-saved', id, { version: row.version })
      return draftOf({ ...before, ...row })
    })
  }

  /** Deletes a draft. */
  remove(person: Person, id: string): Promise<{ removed: string } | Refused> {
    return change(this.#parts, actorOf(person), async (db, tell): Promise<{ removed: string } | Refused> => {
      if (!(await this.#own(db, person, id))) return refuse('unknown', 'no-such-draft')
      await db.deleteFrom('drafts').where('id', '=', id).execute()
      await tell('draft-deleted', id)
      return { removed: id }
    })
  }

  // Who saves at the same time waits here and then finds another version.
  #own(db: Parameters<Parameters<typeof asking>[2]>[0], person: Person, id: string): Promise<DraftRow | undefined> {
    let query = db
      .selectFrom('drafts')
      .selectAll()
      .where('agreement', '=', this.#parts.ledger.agreement)
      .where('id', '=', id)
    if (!rightsOf(person).includes('amend')) query = query.where('person', '=', person.id)
    return query.forUpdate().executeTakeFirst()
  }

  async #read(asker: Asker, id?: string): Promise<Draft[]> {
    if (asker.customer) return []
    return asking(this.#parts, asker, async (db) => {
      let query = db.selectFrom('drafts').selectAll().where('agreement', '=', this.#parts.ledger.agreement)
      if (id !== undefined) query = query.where('id', '=', id)
      return (await query.orderBy('updated_at', 'desc').orderBy('id').execute()).map(draftOf)
    })
  }
}

function faultsOfDraft({ title, text }: DraftText): IdentityFault[] {
  const faults: IdentityFault[] = []
  if (!isPlainText(title, 200)) faults.push(faultOf('title', 'bad-title'))
  if (text.length > LONGEST_TEXT || text.includes('\0'))
    faults.push(faultOf('text', 'draft-long', { most: LONGEST_TEXT }))
  return faults
}

function draftOf(row: DraftRow): Draft {
  const { id, person, title, text, version } = row
  return { id, person, title, text, version, createdAt: row.created_at, updatedAt: row.updated_at }
}
