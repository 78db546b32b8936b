/** Usage reported a moment ago is shown without being asked for. */
export const live = { staleTime: 0, refetchInterval: 5_000 }
