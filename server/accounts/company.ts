import type { Company } from '../../contract/accounts.ts'
import type { CompanyRow } from './queries.ts'

/** The row as the wire shows it: what was not told is absent. */
export function presentCompany(row: CompanyRow): Company {
  return {
    name: row.name,
    ...(row.industry !== null && { industry: row.industry }),
    ...(row.region !== null && { region: row.region }),
    ...(row.introduction !== null && { introduction: row.introduction }),
    ...(row.contact_name !== null && { contactName: row.contact_name }),
  }
}
