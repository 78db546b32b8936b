import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { spiToken } from '../alibaba/spi-token.ts'
import { hourlyProduct, startTestSandbox } from '../testing/world.ts'
import type { TestSandbox } from '../testing/world.ts'
import { chooseLanguage } from './language.ts'
import { zh } from './messages-zh.ts'

let world: TestSandbox

beforeAll(async () => {
  world = await startTestSandbox()
})
afterAll(() => world.close())
beforeEach(() => world.post('/api/reset'))

interface Shown {
  status: number
  text: string
  location: string | null
  headers: Headers
}

/** A browser without a screen: keeps cookies, does not follow redirects. */
function visitor(language = 'en') {
  const cookies = new Map<string, string>()
  async function go(path: string, form?: Record<string, string>, headers: Record<string, string> = {}): Promise<Shown> {
    const response = await fetch(`${world.url}${path}`, {
      method: form ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        'accept-language': language,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        ...headers,
      },
      ...(form ? { body: new URLSearchParams(form) } : {}),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
      cookies.set(name, value)
    }
    const { status, headers: answered } = response
    return { status, text: await response.text(), location: answered.get('location'), headers: answered }
  }
  return { go }
}

const formIdIn = ({ text }: Shown) => /name="formId"\s+value="([^"]+)"/.exec(text)?.[1] ?? ''
const prompt = `/products/${hourlyProduct}/activate`

/** A fresh buyer at the prompt. */
async function atPrompt(language = 'en') {
  const { go } = visitor(language)
  await go('/accounts', { formId: crypto.randomUUID() })
  return { go, formId: formIdIn(await go(prompt)) }
}

describe('a buyer', () => {
  it('goes from the product page to the vendor by Direct Login, in the words of the real marketplace', async () => {
    const { go } = visitor()
    expect((await go(`/products/${hourlyProduct}`)).text).toContain('Activate Now')
    const stranger = await go(prompt)
    expect(stranger.location).toBe(`/accounts?next=${encodeURIComponent(prompt)}`)
    const accounts = await go(stranger.location ?? '')
    expect((await go('/accounts', { formId: formIdIn(accounts), next: prompt })).location).toBe(prompt)

    const shown = await go(prompt)
    expect(shown.text).toContain('Activating Pay-As-You-Go Service')
    const withoutAgreeing = await go(prompt, { formId: formIdIn(shown) })
    expect(withoutAgreeing.status).toBe(422)
    expect(withoutAgreeing.text).toContain('Please agree to the terms first')

    const activated = await go(prompt, { formId: formIdIn(shown), agree: 'yes' })
    expect(activated.status).toBe(303)
    const submitted = await go(activated.location ?? '')
    expect(submitted.text).toContain('Activation Request Submitted')
    expect(submitted.text).toMatch(/action="\/purchased-services"[\s\S]*Confirm/)
    await world.post('/api/quiet')

    const { instances } = await world.get('/api/instances')
    const { instanceId, accountId } = instances[0]
    const purchased = await go('/purchased-services')
    expect(purchased.text).toContain('Opened')
    expect(purchased.text).toContain(`data-copy="${instanceId}"`)
    expect(purchased.text).toContain(`data-copy="${accountId}"`)
    expect(purchased.text).toContain('Direct Login')
    expect((await go(`/purchased-services/${instanceId}`)).text).toContain('点击免登即可开始')

    const login = await go(`/purchased-services/${instanceId}/direct-login`)
    expect(login).toMatchObject({ status: 303 })
    expect(login.headers.get('cache-control')).toBe('no-store')
    expect(login.headers.get('referrer-policy')).toBe('no-referrer')
    const params = new URL(login.location ?? '').searchParams
    expect(params.get('token')).toBe(spiToken([...params.entries()], 'testkey'))
  })

  it('who presses Activate or Sign up twice does it once', async () => {
    const { go, formId } = await atPrompt()
    const [one, other] = await Promise.all([1, 2].map(() => go(prompt, { formId, agree: 'yes' })))
    expect(one?.location).toBe(other?.location)
    expect((await world.get('/api/instances'))['instances']).toHaveLength(1)

    const twice = crypto.randomUUID()
    await Promise.all([visitor().go('/accounts', { formId: twice }), visitor().go('/accounts', { formId: twice })])
    expect((await world.get('/api/buyers'))['buyers']).toHaveLength(2)
  })

  it('releases, and is told when an action is no longer possible', async () => {
    const { go, formId } = await atPrompt()
    await go(prompt, { formId, agree: 'yes' })
    await world.post('/api/quiet')
    const { instanceId } = (await world.get('/api/instances'))['instances'][0]
    const page = `/purchased-services/${instanceId}`
    expect((await go(`${page}/release`, {})).location).toBe(page)
    expect((await go(page)).text).toContain('Closed')
    const late = await go(`${page}/upgrade`, { skuCode: `${hourlyProduct}-large` })
    expect(late.location).toBe(`${page}?refused=yes`)
    expect((await go(late.location ?? '')).text).toContain('This cannot be done')
  })

  it('never finds what belongs to another', async () => {
    const { go, formId } = await atPrompt()
    const submitted = await go(prompt, { formId, agree: 'yes' })
    const { instanceId } = (await world.get('/api/instances'))['instances'][0]
    const { go: strangerGoes } = await atPrompt()
    for (const path of [
      `/purchased-services/${instanceId}`,
      `/purchased-services/${instanceId}/direct-login`,
      submitted.location ?? '',
    ]) {
      expect((await strangerGoes(path)).status).toBe(404)
    }
    expect((await strangerGoes(`/purchased-services/${instanceId}/release`, {})).status).toBe(404)
  })
})

describe('the pages', () => {
  it('speak the language of the switch, then the buyer, then the browser', async () => {
    expect(chooseLanguage({ cookie: undefined, buyer: null, acceptLanguage: 'fr, zh-CN;q=0.8, en;q=0.7' })).toBe('zh')
    expect(chooseLanguage({ cookie: undefined, buyer: null, acceptLanguage: 'en;q=0.9, zh;q=0' })).toBe('en')
    expect(chooseLanguage({ cookie: undefined, buyer: 'zh', acceptLanguage: 'en' })).toBe('zh')
    expect(chooseLanguage({ cookie: 'en', buyer: 'zh', acceptLanguage: 'zh' })).toBe('en')

    const { go } = visitor('zh-CN,zh;q=0.9')
    expect((await go(`/products/${hourlyProduct}`)).text).toContain('立即开通')
    expect((await go('/language', { language: 'en', next: `/products/${hourlyProduct}` })).status).toBe(303)
    expect((await go(`/products/${hourlyProduct}`)).text).toContain('Activate Now')
  })

  it('escape whatever people type', async () => {
    await world.post('/api/buyers', { accountId: '1000000000000009', name: `<script>alert("'&")</script>` })
    const { go } = visitor()
    await go('/as/1000000000000009')
    const { text } = await go('/')
    expect(text).not.toContain('<script>alert')
    expect(text).toContain('&lt;script&gt;alert(&quot;&#39;&amp;&quot;)')
  })

  it('lead nowhere else, and take no buttons pressed on other sites', async () => {
    await world.post('/api/buyers', { accountId: '1000000000000009' })
    const { go } = visitor()
    for (const next of ['//evil.example', 'https://evil.example', '/\\evil.example']) {
      expect((await go(`/as/1000000000000009?next=${encodeURIComponent(next)}`)).location).toBe('/purchased-services')
    }
    const crossing = await go('/accounts', { formId: crypto.randomUUID() }, { 'sec-fetch-site': 'cross-site' })
    expect(crossing.status).toBe(400)
  })

  it('behind the scenes show deliveries, faults, calls, statement and clock', async () => {
    const { go, formId } = await atPrompt()
    await go(prompt, { formId, agree: 'yes' })
    await world.post('/api/quiet')
    const { instanceId } = (await world.get('/api/instances'))['instances'][0]
    expect((await go('/backstage/deliveries')).text).toContain('createInstance')
    const delivery = (await world.get('/api/deliveries'))['deliveries'][0].id
    await go(`/backstage/deliveries/${delivery}/duplicate`, {})
    expect((await world.get('/api/deliveries'))['deliveries'][0]).toMatchObject({ copyOf: delivery })

    await go('/backstage/faults', { on: 'spi', kind: 'delay', times: '2', delaySeconds: '90' })
    expect((await world.get('/api/faults'))['faults']).toMatchObject([{ kind: 'delay', timesLeft: 2, delayMs: 90_000 }])
    expect((await go('/backstage/faults', { on: 'spi', kind: 'delay', times: 'many' })).text).toContain('times')
    await go('/backstage/faults/remove-all', {})
    expect((await go('/backstage/faults')).text).toContain('Nothing is planned')

    const before = Date.parse((await world.get('/api/clock'))['now'] as string)
    await go('/backstage/clock', { advanceMs: '3600000' })
    expect(Date.parse((await world.get('/api/clock'))['now'] as string) - before).toBeGreaterThanOrEqual(3_600_000)
    await go('/backstage/knobs', { overlap: 'reject', maxAttempts: '7', whitelisted: 'false' })
    expect(await world.get('/api/knobs')).toMatchObject({ overlap: 'reject', maxAttempts: 7, whitelisted: false })
    expect((await go('/backstage/knobs', { maxAttempts: '0' })).text).toContain('maxAttempts')

    expect((await go('/backstage/calls')).text).toContain('No call yet')
    expect((await go(`/backstage/statement?instanceId=${instanceId}`)).text).toContain('No usage was accepted')
    expect((await go(`/backstage/statement?instanceId=1&from=2020-01-01`)).status).toBe(422)
    expect((await go('/backstage/nothing')).status).toBe(404)
  })
})

describe('the Chinese words', () => {
  it('use full-width punctuation between Chinese characters', () => {
    const texts = Object.values(zh).filter((text) => typeof text === 'string')
    expect(texts.filter((text) => /[\u4e00-\u9fff][,;:?!]|[,;:?!][\u4e00-\u9fff]/.test(text))).toEqual([])
  })
})
