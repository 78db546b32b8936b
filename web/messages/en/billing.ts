/** The Billing Center. */
export const billing = {
  area: 'Billing Center',
}
