import type { CheckRoom } from '../room.ts'
import {
  certificateRetired,
  certificateUnknown,
  personsOrCertificates,
  targetBelowHolders,
  tierMinimum,
  trainingPeriodMissing,
} from './check.ts'

/** What contradicts, is missing or does not add up: certificates, tiers and training. */
export const peopleChecks: CheckRoom = {
  id: 'people',
  version: 1,
  needs: ['certifications', 'partner tier', 'training budgets', "the provider's certificates and tiers"],
  gives: [],
  checks: {
    'people/target-below-holders': targetBelowHolders,
    'people/certificate-unknown': certificateUnknown,
    'people/certificate-retired': certificateRetired,
    'people/tier-minimum': tierMinimum,
    'people/persons-or-certificates': personsOrCertificates,
    'people/training-period-missing': trainingPeriodMissing,
  },
}
