import { routes } from './app.ts'
import { openApi } from './platform/http/open-api.ts'

const document = openApi(
  routes.map((route) => route.endpoint),
  'Purser',
)
console.log(JSON.stringify(document, null, 2))
