import type { AccountsTables } from './accounts/tables.ts'
import type { ActivationTables } from './activation/tables.ts'
import type { BillsTables } from './bills/tables.ts'
import type { BindingsTables } from './bindings/tables.ts'
import type { IdentityTables } from './identity/tables.ts'
import type { MarketplacesTables } from './marketplaces/tables.ts'
import type { MeteringTables } from './metering/tables.ts'
import type { PlatformTables } from './platform/tables.ts'
import type { RatingTables } from './rating/tables.ts'
import type { SettlementTables } from './settlement/tables.ts'
import type { WorkspacesTables } from './workspaces/tables.ts'

/** All tables; each room declares its own beside its queries. */
export interface Database
  extends
    PlatformTables,
    IdentityTables,
    AccountsTables,
    WorkspacesTables,
    MarketplacesTables,
    BindingsTables,
    ActivationTables,
    MeteringTables,
    RatingTables,
    BillsTables,
    SettlementTables {}
