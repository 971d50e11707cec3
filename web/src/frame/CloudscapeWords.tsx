import I18nProvider, { type I18nProviderProps } from '@cloudscape-design/components/i18n'
import { type ReactNode, useEffect, useState } from 'react'
import { type Language, useLanguage } from './words.tsx'

const loaders: Record<Language, () => Promise<{ default: I18nProviderProps.Messages }>> = {
  en: () => import('@cloudscape-design/components/i18n/messages/all.en'),
  es: () => import('@cloudscape-design/components/i18n/messages/all.es'),
}

/** Cloudscape's own words, such as those of its tables for screen readers, in the language of the pages. */
export function CloudscapeWords({ children }: { children: ReactNode }) {
  const { language } = useLanguage()
  const [messages, setMessages] = useState<I18nProviderProps.Messages[]>([])
  useEffect(() => {
    let isWanted = true
    void loaders[language]().then((loaded) => isWanted && setMessages([loaded.default]))
    return () => {
      isWanted = false
    }
  }, [language])
  return (
    <I18nProvider locale={language} messages={messages}>
      {children}
    </I18nProvider>
  )
}
