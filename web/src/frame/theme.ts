import { useSyncExternalStore } from 'react'

/** How light the pages are: as chosen, or as the device is set. */
export type Theme = 'light' | 'dark' | 'system'

const STORED = 'convenio-theme'
const device = matchMedia('(prefers-color-scheme: dark)')
const still = matchMedia('(prefers-reduced-motion: reduce)')
const hearers = new Set<() => void>()

function chosen(): Theme {
  const stored = localStorage.getItem(STORED)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

function isDark(): boolean {
  return chosen() === 'dark' || (chosen() === 'system' && device.matches)
}

function show(): void {
  document.body.classList.toggle('awsui-dark-mode', isDark())
  document.body.classList.toggle('awsui-motion-disabled', still.matches)
  document.documentElement.style.colorScheme = isDark() ? 'dark' : 'light'
  for (const hear of hearers) hear()
}

/** Shows the theme and follows the device. */
export function startTheme(): void {
  device.addEventListener('change', show)
  still.addEventListener('change', show)
  show()
}

/** The theme chosen, whether it is dark at this moment, and how to choose. */
export function useTheme(): { theme: Theme; isDark: boolean; choose: (theme: Theme) => void } {
  const subscribe = (hear: () => void) => {
    hearers.add(hear)
    return () => void hearers.delete(hear)
  }
  return {
    theme: useSyncExternalStore(subscribe, chosen),
    isDark: useSyncExternalStore(subscribe, isDark),
    choose: (theme) => {
      if (theme === 'system') localStorage.removeItem(STORED)
      else localStorage.setItem(STORED, theme)
      show()
    },
  }
}
