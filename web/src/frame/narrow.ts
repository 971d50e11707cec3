import { useSyncExternalStore } from 'react'

const phone = matchMedia('(max-width: 43.99rem)')
const subscribe = (hear: () => void) => {
  phone.addEventListener('change', hear)
  return () => phone.removeEventListener('change', hear)
}

/** Whether the window is as narrow as a phone. */
export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => phone.matches)
}
