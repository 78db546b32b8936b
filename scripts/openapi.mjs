// `npm run openapi`: prints the OpenAPI 3.1 document of the API.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle } from './build.mjs'
import { root, setUp } from './setup.mjs'

setUp()
await bundle({ openapi: 'server/print-open-api.ts' })
await import(pathToFileURL(path.join(root, 'dist', 'openapi.mjs')).href)
