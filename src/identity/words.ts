import { readData, type Words } from '../language/index.ts'

/** The texts of this folder: roles, rights, families, ways to sign in, and what is said when something is refused. */
export function identityWords(): Words {
  return readData(new URL('./words.yaml', import.meta.url)) as Words
}
