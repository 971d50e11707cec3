import { z } from 'zod'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const text = z.string().trim().min(1)

/** One entry of an index of documents. */
export const documentEntry = z.strictObject({
  /** Name of the file, relative to the index. */
  file: text,
  title: text,
  /** Id of the clause that it is evidence for. */
  clause: text.optional(),
  /** What it shows of the clause; a document without it shows the clause kept. */
  status: text.optional(),
  /** When it was made. */
  date: day,
  receivedOn: day.optional(),
  signedBy: text.optional(),
  /** Whose signature it is; of a third party's, the document is attested. */
  party: z.enum(['partner', 'provider', 'third']).optional(),
  completedOn: day.optional(),
  /** When given, the file must be this one to the byte. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/i)
    .optional(),
})

/** A document as an index or a command line describes it. */
export type DocumentEntry = z.infer<typeof documentEntry>
