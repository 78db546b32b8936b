/** The console. */
export const console = {
  area: 'Console',
}
