/** Name of the job that asks the marketplace what is true of an instance. One waits at most per instance (job key). */
export const confirmInstanceJob = 'marketplaces.confirm-instance'
