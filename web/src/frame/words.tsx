import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { askIn } from './client.ts'
import { type Language, LOCALES, type Say, sayIn, type Words } from './say.ts'

export type { Language, Say } from './say.ts'

interface Spoken {
  language: Language
  say: Say
  speak: (language: Language) => Promise<void>
}

const STORED = 'convenio-language'
const loaders: Record<Language, () => Promise<{ default: Words }>> = {
  en: () => import('virtual:words/en'),
  es: () => import('virtual:words/es'),
}
const Speech = createContext<Spoken | undefined>(undefined)

/** The words of one language, loaded before anything is shown. */
export async function loadWords(language: Language): Promise<Words> {
  return (await loaders[language]()).default
}

/** What the person chose on this device, else what the browser asks for. */
export function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED)
  if (stored === 'en' || stored === 'es') return stored
  return navigator.language.toLowerCase().startsWith('es') ? 'es' : 'en'
}

/** Whether the person chose a language on this device; else the one of their account counts. */
export function hasChosenLanguage(): boolean {
  return localStorage.getItem(STORED) !== null
}

/** Gives the pages their words. */
export function WordsProvider(props: { language: Language; words: Words; children: ReactNode }) {
  const [spoken, setSpoken] = useState({ language: props.language, words: props.words })
  const speak = useCallback(async (language: Language) => {
    const words = await loadWords(language)
    localStorage.setItem(STORED, language)
    document.documentElement.lang = language
    askIn(language)
    setSpoken({ language, words })
  }, [])
  const value = useMemo(
    () => ({ language: spoken.language, say: sayIn(spoken.language, spoken.words), speak }),
    [spoken, speak],
  )
  return <Speech.Provider value={value}>{props.children}</Speech.Provider>
}

/** Words by their id: `t('table.found', { count: 3 })`. */
export function useWords(): Say {
  return useSpeech().say
}

/** The language shown, its locale, and how to change it. */
export function useLanguage(): { language: Language; locale: string; speak: (language: Language) => Promise<void> } {
  const { language, speak } = useSpeech()
  return { language, locale: LOCALES[language], speak }
}

function useSpeech(): Spoken {
  const spoken = useContext(Speech)
  if (!spoken) throw new Error('Words are asked for outside of WordsProvider')
  return spoken
}
