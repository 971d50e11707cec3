import type { Plugin } from 'vite'
import { LANGUAGES, readWords, type WordLanguage, wordFiles } from './words.ts'

const PREFIX = 'virtual:words/'

/** Gathers the texts of all pages into one module a language, so that the browser loads only the language it shows. */
export function wordChunks(folder: string): Plugin {
  return {
    name: 'convenio-words',
    resolveId: (id) => (id.startsWith(PREFIX) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${PREFIX}`)) return undefined
      for (const file of wordFiles(folder)) this.addWatchFile(file)
      return `export default ${JSON.stringify(wordsIn(folder, languageOf(id)))}`
    },
    handleHotUpdate({ file, server }) {
      if (!file.endsWith('words.yaml')) return
      const modules = LANGUAGES.map((language) => server.moduleGraph.getModuleById(`\0${PREFIX}${language}`))
      for (const module of modules) if (module) server.moduleGraph.invalidateModule(module)
      server.ws.send({ type: 'full-reload' })
    },
  }
}

function languageOf(id: string): WordLanguage {
  const language = LANGUAGES.find((each) => id.endsWith(`/${each}`))
  if (!language) throw new Error(`No such language of words: ${id}`)
  return language
}

function wordsIn(folder: string, language: WordLanguage): Record<string, string> {
  const words: Record<string, string> = {}
  for (const { id, file, texts } of readWords(folder)) {
    const text = texts[language]
    if (text === undefined) throw new Error(`${file}: ${id} has no ${language}`)
    if (id in words) throw new Error(`${file}: ${id} is defined twice`)
    words[id] = text
  }
  return words
}
