// `npm start`: sets everything up, then runs the demo world in this very process, so that one Ctrl-C ends all of it.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from './build.mjs'
import { root, setUp } from './setup.mjs'

setUp()
await build()
await import(pathToFileURL(path.join(root, 'dist', 'demo.mjs')).href)
