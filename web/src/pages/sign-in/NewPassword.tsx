import { useState } from 'react'
import { type ServerFault, useWords } from '../../frame/index.ts'
import { Field } from './Door.tsx'
import { faultAt } from './faults.tsx'

/** A password chosen twice, and whether the two are the same. */
export interface ChosenPassword {
  password: string
  again: string
  setPassword: (text: string) => void
  setAgain: (text: string) => void
  isSame: boolean
}

/** The state of a password that is being chosen. */
export function useChosenPassword(): ChosenPassword {
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  return { password, again, setPassword, setAgain, isSame: password === again }
}

/** Two fields for a new password. */
export function NewPassword({ chosen, fault }: { chosen: ChosenPassword; fault: ServerFault | null }) {
  const t = useWords()
  const differs = chosen.again !== '' && !chosen.isSame
  return (
    <>
      <Field
        label={t('sign-in.new-password')}
        type="password"
        value={chosen.password}
        onChange={chosen.setPassword}
        autoComplete="new-password"
        hint={t('sign-in.password-hint')}
        error={faultAt(fault, 'password')}
      />
      <Field
        label={t('sign-in.again')}
        type="password"
        value={chosen.again}
        onChange={chosen.setAgain}
        autoComplete="new-password"
        error={differs ? t('sign-in.differs') : undefined}
      />
    </>
  )
}
