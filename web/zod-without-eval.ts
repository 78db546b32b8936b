import { config } from 'zod'

// Zod would try to compile its checks with `new Function`, which our content security policy forbids and the browser then reports.
config({ jitless: true })
