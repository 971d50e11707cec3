import './parts/node-version.mjs'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parse } from 'yaml'
import { inRoot } from './parts/paths.mjs'

// Writes GLOSSARY.md and src/language/term-ids.ts from src/language/terms.yaml; with --check it only compares.

const groups = parse(readFileSync(inRoot('src', 'language', 'terms.yaml'), 'utf8'))

const LABELS = {
  en: { other: 'Spanish', never: 'Never' },
  es: { other: 'inglés', never: 'Nunca' },
}

const files = [
  { path: inRoot('GLOSSARY.md'), text: glossary() },
  { path: inRoot('src', 'language', 'term-ids.ts'), text: termIds() },
]

if (process.argv.includes('--check')) {
  const stale = files.filter(({ path, text }) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
  for (const { path } of stale) console.error(`${path} is out of date: run node scripts/write-terms.mjs`)
  process.exitCode = stale.length === 0 ? 0 : 1
} else {
  for (const { path, text } of files) writeFileSync(path, text)
}

function glossary() {
  const head = [
    '<!-- Made by scripts/write-terms.mjs from src/language/terms.yaml. Change the words there. -->',
    '# Glossary · Glosario',
    'One word for one thing, in code, data, reports and on screens. [English](#english) · [Español](#español)',
  ]
  return `${[...head, ...part('en', 'es', 'English'), ...part('es', 'en', 'Español')].join('\n\n')}\n`
}

function part(language, other, title) {
  return [
    `## ${title}`,
    ...groups.flatMap(({ group, terms }) => [`### ${group[language]}`, lines(terms, language, other)]),
  ]
}

function lines(terms, language, other) {
  const order = new Intl.Collator(language)
  return [...terms]
    .sort((a, b) => order.compare(a[language].term, b[language].term))
    .map((term) => line(term, language, other))
    .join('\n')
}

function line(term, language, other) {
  const labels = LABELS[language]
  const own = term[language]
  const code = term.code === undefined ? '' : `; \`${term.code}\``
  const never = term.banned === undefined || language !== 'en' ? '' : ` ${labels.never}: ${term.banned.join(', ')}.`
  const source = language === 'en' ? ` (${term.source})` : ''
  return `- **${own.term}** (${labels.other}: *${term[other].term}*${code}). ${own.definition}${never}${source}`
}

function termIds() {
  const ids = groups.flatMap(({ group, terms }) => [
    `  // ${group.en}`,
    ...[...terms].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ id }) => `  '${id}',`),
  ])
  return `// Made by scripts/write-terms.mjs from terms.yaml. Change the words there.

/** The id of every word of the product, in the groups of GLOSSARY.md. */
export const TERM_IDS = [
${ids.join('\n')}
] as const

/** The id of a word of the product, such as \`verdict.met\`; its words in each language are in terms.yaml. */
export type TermId = (typeof TERM_IDS)[number]
`
}
