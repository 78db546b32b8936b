import { describe, expect, it } from 'vitest'
import { newId } from '../../contract/ids.ts'
import { languages } from '../../contract/problems.ts'
import { testConfig } from '../../test/catalogue.ts'
import { codeDigits, codePurposes } from '../identity/codes.ts'
import type { Mails, MailTemplate } from '../mails.ts'
import { writeMail } from './write-mail.ts'

const config = testConfig({ url: 'postgres://nowhere' }, 'smtp://nowhere')
const codeId = newId('code')
const workspaceId = newId('workspace')
const workspace = { workspaceId, workspaceName: 'acme <prod> & "co"', site: 'cn1' }
const payer = { companyName: 'Acme Ltd', billingUsername: 'acme', instanceRef: '37000012' }

const samples: { [T in MailTemplate]: Mails[T][] } = {
  code: codePurposes.map((purpose) => ({ codeId, purpose, expiresAt: '2026-03-10T04:10:00.000Z' })),
  'password-changed': [
    { site: 'cn1', username: 'li.wei', at: '2026-03-10T04:00:00.000Z' },
    { site: null, username: 'li.wei', at: '2026-03-10T04:00:00.000Z' },
  ],
  activated: [
    { reader: 'owner', ...workspace, payer },
    { reader: 'payer', ...workspace, payer: { ...payer, instanceRef: null } },
  ],
  'countdown-started': (['instance_suspended', 'instance_released', 'arrears'] as const).map((reason) => ({
    reader: 'payer',
    ...workspace,
    reason,
    endsAt: '2026-03-24T16:30:00.000Z',
  })),
  'countdown-over': [{ reader: 'owner', ...workspace, payer: null }],
  locked: [
    { reader: 'owner', ...workspace, lockedAt: '2026-03-24T16:30:00.000Z', dissolvesAt: '2026-04-23T16:30:00.000Z' },
  ],
  'dissolution-near': (['owner', 'payer'] as const).map((reader) => ({
    reader,
    ...workspace,
    dissolvesAt: '2026-04-23T16:30:00.000Z',
  })),
  'reports-near-deadline': [['Service.Flow.Control', 'UnknownError'], []].map((codes) => ({
    productName: 'Cloud Watch',
    productCode: 'cmgj00070001',
    count: 12,
    unknown: 2,
    firstDeadline: '2026-03-10T01:59:00.000Z',
    codes,
  })),
}

function everyMail() {
  return languages.flatMap((language) =>
    Object.entries(samples).flatMap(([template, all]) =>
      all.map((params) => ({
        language,
        template,
        written: writeMail(config, { template: template as MailTemplate, language, params }),
      })),
    ),
  )
}

describe('every mail, in both languages', () => {
  it('says the same in text and in HTML, with the brand, and leaves no gap unfilled', () => {
    for (const { language, written } of everyMail()) {
      const seen = textOf(written.html)
      for (const line of written.text.split('\n').filter((each) => each.trim() && each !== '-- ')) {
        for (const part of line.replace(/:$/, '').split(/: |：/)) expect(seen).toContain(part.trim())
      }
      expect(`${written.subject}${written.text}`).toContain('Guance')
      expect(`${written.subject}${written.text}`).not.toMatch(/undefined|null|\{|\}|\[object|Invalid/)
      expect(written.html).toContain(language === 'zh' ? '<html lang="zh-CN">' : '<html lang="en">')
    }
  })

  it('is written in Chinese with full-width punctuation, and in English without any Chinese', () => {
    for (const { language, written } of everyMail()) {
      const prose = `${written.subject}\n${written.text}`.replaceAll(/https?:\S+|acme <prod>.*"co"/g, '')
      if (language === 'zh') expect(prose).not.toMatch(/[一-鿿] ?[,.;:?!()"]|[,;:?!()"] ?[一-鿿]/)
      else expect(prose).not.toMatch(/[一-鿿，。：；（）]/)
    }
  })

  it('lets nothing somebody typed become markup', () => {
    for (const { written } of everyMail()) expect(written.html).not.toContain('<prod>')
  })

  it('loads nothing from elsewhere and uses no table', () => {
    for (const { written } of everyMail()) expect(written.html).not.toMatch(/<img|<table|<link|<script|url\(|@import/i)
  })
})

describe('a code mail', () => {
  it('shows the digits the code was stored under, and how long they last', () => {
    const params = { codeId, purpose: 'console-reset' as const, expiresAt: '2026-03-10T04:10:00.000Z' }
    const { text, subject } = writeMail(config, { template: 'code', language: 'en', params })
    expect(text).toContain(`\n\n${codeDigits(config.secret, codeId)}\n\n`)
    expect(text).toContain('valid for 10 minutes')
    expect(text).toContain('If you did not ask for it')
    expect(subject).not.toContain(codeDigits(config.secret, codeId))
  })

  it('says for each purpose what it is for', () => {
    const openings = codePurposes.map(
      (purpose) =>
        writeMail(config, {
          template: 'code',
          language: 'zh',
          params: { codeId, purpose, expiresAt: '2026-03-10T04:10:00.000Z' },
        }).text,
    )
    expect(new Set(openings).size).toBe(codePurposes.length)
  })
})

describe('a time in a mail', () => {
  it('is the site’s own, with its zone', () => {
    const params = {
      reader: 'owner' as const,
      ...workspace,
      reason: 'arrears' as const,
      endsAt: '2026-03-24T16:30:00.000Z',
    }
    const text = (language: 'en' | 'zh', site: string) =>
      writeMail(config, { template: 'countdown-started', language, params: { ...params, site } }).text
    expect(text('en', 'cn1')).toContain('Locked on: 25 March 2026, 00:30 (UTC+8)')
    expect(text('zh', 'cn1')).toContain('锁定时间：2026 年 3 月 25 日 00:30（UTC+8）')
    expect(text('en', 'us1')).toContain('Locked on: 24 March 2026, 09:30 (UTC-7)')
  })
})

describe('a mail about a workspace', () => {
  it('leads its owner to the console and its payer to the Billing Center', () => {
    const at = (reader: 'owner' | 'payer') =>
      writeMail(config, {
        template: 'locked',
        language: 'en',
        params: {
          reader,
          ...workspace,
          lockedAt: '2026-03-24T16:30:00.000Z',
          dissolvesAt: '2026-04-23T16:30:00.000Z',
        },
      }).text
    expect(at('owner')).toContain(`http://purser.test/console/cn1/workspaces/${workspaceId}/plan-and-billing`)
    expect(at('payer')).toContain(`http://purser.test/billing/workspaces/${workspaceId}`)
  })
})

/** What a person reads of an HTML mail. */
function textOf(html: string): string {
  return html
    .replace(/<style[\s\S]*?<\/style>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&#(\d+);/g, (_entity, number: string) => String.fromCharCode(Number(number)))
}
