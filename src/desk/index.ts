export { standingChanges } from './changes.ts'
export { type Dates, Desk, UnreadableAgreement, type View } from './desk.ts'
export { draftEffect } from './draft.ts'
export { datasetsOfKinds, EVERYTHING, kindsOfFamilies, type Scope } from './scope.ts'
