import { z } from 'zod'

/** Query of every list: `cursor` from the previous answer's `nextCursor`, and how many rows to return (1–100). */
export const pageQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** Answer of every list: the rows and, when there are more, the cursor of the next page. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() })
}
