import { PARTNER } from '../../evidence/index.ts'
import { type Amount, addDuration, amountOf, decimalText, type IsoDate, lastDay, sum } from '../../language/index.ts'
import { timestamp, utcDay } from '../fields.ts'
import { type RowGiven, readObjects, readRows } from '../reading.ts'
import type { FileReading, ReadRow, RecordFile } from '../room.ts'
import { CLAIM_STATES, CLAIMED, type Claim, claim, WALLET_YEAR, type Wallet, wallet } from './terms.ts'

/** A year of a wallet: first and last day. */
interface WalletYear {
  from: IsoDate
  to: IsoDate
}

/** SFU-1 to SFU-5: wallets and claims of one export of the portal. */
export function read(file: RecordFile): FileReading {
  const found = readObjects(file, { lists: ['wallets', 'claims'], known: ['claimId', 'programme'] })
  if ('refusal' in found) return found.refusal
  const { rows, document, whole } = found.json
  const said = timestamp(typeof document.exportedAt === 'string' ? document.exportedAt : '')
  const exportedAt = 'value' in said ? said.value : undefined
  const listed: Claim[] = []
  const isWallet = (fields: Record<string, unknown>): boolean => WALLET_YEAR in fields && !('claimId' in fields)
  const claims = readRows(
    rows.filter((row) => !isWallet(row.fields)),
    claim,
    (value) => {
      listed.push(value)
      return claimRead(value, exportedAt)
    },
  )
  const complete = whole && claims.every((row) => row.rejected.length === 0)
  const wallets = readRows(
    rows.filter((row) => isWallet(row.fields)),
    wallet,
    (value) => walletRead(value, exportedAt, complete ? listed : undefined),
  )
  return { rows: [...claims, ...wallets].sort((a: ReadRow, b: ReadRow) => a.row - b.row) }
}

/** SFU-1 to SFU-3: one claim by the day on which it was made. */
function claimRead(value: Claim, exportedAt: string | undefined): RowGiven {
  const { claimId, programme, activityDate, submittedOn, claimDeadline, status, amount, currency } = value
  const counts = CLAIMED.includes(status)
  const date = submittedOn ?? activityDate ?? claimDeadline ?? (exportedAt && utcDay(exportedAt))
  if (date === undefined) return { faults: [{ code: 'missing', field: 'submittedOn' }] }
  const late = submittedOn !== undefined && claimDeadline !== undefined && submittedOn > claimDeadline
  return {
    quirks: counts && submittedOn === undefined ? [{ code: 'undated-claim', field: 'submittedOn' }] : [],
    facts: [
      {
        dataset: 'fund-claims',
        key: claimId,
        // An unchanged claim in the next export is the same telling; a new submission, or a later state of it, is a newer one.
        version: `${submittedOn ?? ''} ${CLAIM_STATES.indexOf(status)}`,
        from: date,
        to: date,
        values: {
          programme,
          claim: claimId,
          status: status.toLowerCase(),
          [counts ? 'claimed' : 'requested']: amount,
          currency,
          ...(activityDate ? { activityDate } : {}),
          ...(submittedOn ? { submittedOn } : {}),
          ...(claimDeadline ? { claimDeadline } : {}),
          ...(late ? { late } : {}),
        },
        ...(value.activity ? { personal: { activity: value.activity } } : {}),
        owner: PARTNER,
      },
    ],
  }
}

/** SFU-4, SFU-5: a wallet states what was used of its year up to the export, and what the claims of the same file come to. */
function walletRead(value: Wallet, exportedAt: string | undefined, claims: readonly Claim[] | undefined): RowGiven {
  const { programme, approved, used, currency, expiresOn } = value
  const year = walletYear(value[WALLET_YEAR], expiresOn)
  if (year === undefined)
    return { faults: [{ code: 'not-a-wallet-year', field: WALLET_YEAR, detail: value[WALLET_YEAR].slice(0, 20) }] }
  if (exportedAt === undefined) return { faults: [{ code: 'missing', field: 'exportedAt' }] }
  const day = utcDay(exportedAt)
  const [, to = year.to] = [year.from, day, year.to].sort()
  const listed =
    claims &&
    totalOf(
      claims.filter((each) => isOf(each, value, year)),
      currency,
    )
  const differs = listed !== undefined && decimalText(amountOf(used, currency)) !== listed
  return {
    quirks: differs ? [{ code: 'wallet-differs', field: 'used', detail: `${used} / ${listed}` }] : [],
    facts: [
      {
        dataset: 'wallets',
        key: `${programme} ${year.from} ${to}`,
        version: exportedAt,
        from: year.from,
        to,
        values: {
          programme,
          used: decimalText(amountOf(used, currency)),
          currency,
          yearEnds: year.to,
          ...(listed === undefined ? {} : { listed }),
          ...(approved ? { approved } : {}),
          ...(expiresOn ? { expiresOn } : {}),
        },
        owner: PARTNER,
      },
    ],
  }
}

function isOf(each: Claim, { programme, currency }: Wallet, year: WalletYear): boolean {
  const date = each.activityDate ?? each.submittedOn
  const inside = date !== undefined && date >= year.from && date <= year.to
  return inside && CLAIMED.includes(each.status) && each.programme === programme && each.currency === currency
}

function totalOf(claims: readonly Claim[], currency: string): string {
  const amounts: Amount[] = claims.map((each) => amountOf(each.amount, currency))
  return decimalText(sum(amounts) ?? amountOf('0', currency))
}

/** `2024`, `FY2024` or `FY24`: the calendar year, unless the wallet expires with another month of it, which then ends its twelve. */
function walletYear(said: string, expiresOn: IsoDate | undefined): WalletYear | undefined {
  const [, long, short] = /^(?:FY ?)?(\d{4})$|^FY ?(\d{2})$/i.exec(said) ?? []
  const year = long ?? (short && `20${short}`)
  if (year === undefined || year < '1990' || year > '2199') return undefined
  const next = expiresOn && addDuration(`${expiresOn.slice(0, 7)}-01`, { amount: '1', unit: 'month' })
  const ends = next && expiresOn.startsWith(year) && lastDay({ start: expiresOn, end: next }) === expiresOn
  if (!ends) return { from: `${year}-01-01`, to: `${year}-12-31` }
  return { from: addDuration(next, { amount: '-1', unit: 'year' }), to: expiresOn }
}
