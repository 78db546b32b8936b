/** The environment variable in which a program of the tests finds what it is to do, as JSON. */
export const ordersVariable = 'ORDERS'

/** Inside such a program: what it was told. */
export function ordersGiven<Orders>(): Orders {
  return JSON.parse(process.env[ordersVariable] ?? '{}') as Orders
}
