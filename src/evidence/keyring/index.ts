export { ERASED, isSealed, Keyring } from './keyring.ts'
