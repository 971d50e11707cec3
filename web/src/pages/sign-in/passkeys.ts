import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'

type Json = Record<string, unknown>

/** What the browser made or proved, as the server takes it. */
export type Credential = { [name: string]: unknown; id: string; response: { [name: string]: unknown } }

/** Whether this browser and this address can use passkeys: they need a secure origin. */
export function hasPasskeys(): boolean {
  return window.isSecureContext && 'PublicKeyCredential' in window
}

/** Lets the browser make a passkey; undefined when the person turned away. */
export async function makePasskey(options: Json): Promise<Credential | undefined> {
  const { startRegistration } = await import('@simplewebauthn/browser')
  return unlessRefused(() =>
    startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON }),
  )
}

/** Lets the browser prove a passkey; undefined when the person turned away. */
export async function provePasskey(options: Json): Promise<Credential | undefined> {
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return unlessRefused(() =>
    startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON }),
  )
}

async function unlessRefused(ask: () => Promise<object>): Promise<Credential | undefined> {
  try {
    return (await ask()) as Credential
  } catch {
    return undefined
  }
}
