import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Problem } from '../../../contract/problems.ts'
import type { Language } from '../../../contract/problems.ts'
import type { Services } from '../../context.ts'
import { projectRoot } from '../project-root.ts'
import { languageCookie, readLanguage } from './language.ts'

/** `?language=zh` on the root page keeps the choice and comes back to a clean address. */
const languageQuery = z.object({ language: z.enum(['en', 'zh']).optional().catch(undefined) })

const webFolder = path.join(projectRoot, 'dist', 'web')

/** Pages the web app routes by itself; every address below them answers with its one document. */
const pagePrefixes = ['/activate', '/register', '/terms', '/billing', '/console', '/operator']

/** Serves the built web app: hashed assets for a year, the document never cached, the root as told. */
export async function servePages(
  app: FastifyInstance,
  services: Services,
  rootPage: ((language: Language) => string) | undefined,
): Promise<void> {
  if (existsSync(path.join(webFolder, 'assets'))) {
    await app.register(fastifyStatic, {
      root: path.join(webFolder, 'assets'),
      prefix: '/assets/',
      maxAge: '365d',
      immutable: true,
      decorateReply: false,
    })
  }
  const document = existsSync(path.join(webFolder, 'index.html'))
    ? await readFile(path.join(webFolder, 'index.html'), 'utf8')
    : null
  app.get('/', async (request, reply) => {
    if (!rootPage) return reply.redirect('/billing', 302)
    const { language } = languageQuery.parse(request.query)
    if (language) {
      return reply
        .setCookie(languageCookie, language, { path: '/', sameSite: 'lax', maxAge: 31_536_000 })
        .redirect('/', 303)
    }
    return reply
      .type('text/html; charset=utf-8')
      .send(rootPage(readLanguage(request, services.config.catalogue.defaultLanguage)))
  })
  for (const prefix of pagePrefixes) {
    for (const url of [prefix, `${prefix}/*`]) {
      app.get(url, async (_request, reply) => {
        if (document === null) throw new Problem('not_found')
        return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(document)
      })
    }
  } // A mistyped address in a browser gets the page that says so; a program gets the refusal of every unknown path.
  app.get('/*', async (request, reply) => {
    if (document === null || !request.headers.accept?.includes('text/html')) throw new Problem('not_found')
    return reply.code(404).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(document)
  })
}
