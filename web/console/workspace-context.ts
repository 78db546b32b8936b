import { createContext, useContext } from 'react'
import type { WorkspaceHome } from '../../contract/workspaces.ts'

export const WorkspaceContext = createContext<WorkspaceHome | null>(null)

/** The workspace this URL is about. Only below `WorkspaceArea`. */
export function useWorkspace(): WorkspaceHome {
  const workspace = useContext(WorkspaceContext)
  if (!workspace) throw new Error('useWorkspace is used outside WorkspaceArea')
  return workspace
}
