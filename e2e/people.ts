import { randomBytes } from 'node:crypto'

/** Somebody who will register; nobody else has this username or address. */
export interface Person {
  username: string
  email: string
  password: string
  company: string
}

/** A person nobody has met yet. */
export function newPerson(name = 'lin'): Person {
  const tail = randomBytes(4).toString('hex')
  return {
    username: `${name}.${tail}`,
    email: `${name}.${tail}@harbour.example`,
    password: 'lantern orchard 2026',
    company: `Harbour ${tail}`,
  }
}
