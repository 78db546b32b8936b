import { english, expect, expectScreen, inLanguages, test } from './journey.ts'
import { freshBuyer, purchase } from './market.ts'
import { newPerson } from './people.ts'
import { field, fillBasic, fillCompany, nameWorkspace, next, openWorkspace } from './steps.ts'

for (const { language, name } of inLanguages) {
  test.describe(name, () => {
    test.use({ language })

    test('a buyer who registers from the website types the ids of their purchase and is in the workspace', async ({
      page,
      words,
    }) => {
      const person = newPerson()
      const buyer = await freshBuyer()
      const instanceId = await purchase(buyer)
      await page.goto('/register')
      await expectScreen(page, words.activation.register.title)
      await page.getByRole('button', { name: words.activation.register.button, exact: true }).click()
      await fillBasic(page, words, person)
      await next(page, words)
      await fillCompany(page, words, person)
      await next(page, words)
      await expectScreen(page, words.activation.method.title)
      await nameWorkspace(page, words, 'acme-web')
      await page.getByRole('radio', { name: words.activation.method.alibaba }).check()
      await page.getByText(words.parts.faq.accountId).click()
      await expect(page.getByText(words.parts.faq.accountIdAnswer)).toBeVisible()
      await field(page, words.parts.accountId).fill(buyer.accountId)
      await field(page, words.parts.instanceId).fill(instanceId)
      await page.getByRole('button', { name: words.activation.activate, exact: true }).click()
      await expectScreen(page, words.activation.done.title)
      await expect(page.getByText(buyer.accountId).first()).toBeVisible()
      await openWorkspace(page, words, 'acme-web')
    })
  })
}

test.describe(english, () => {
  test('ids that do not belong together are refused in one neutral sentence, and the right ones are taken afterwards', async ({
    page,
    words,
  }) => {
    const person = newPerson()
    const buyer = await freshBuyer()
    const instanceId = await purchase(buyer)
    const stranger = await freshBuyer()
    await page.goto('/register')
    await page.getByRole('button', { name: words.activation.register.button, exact: true }).click()
    await fillBasic(page, words, person)
    await next(page, words)
    await fillCompany(page, words, person)
    await next(page, words)
    await nameWorkspace(page, words, 'acme-web')
    await field(page, words.parts.accountId).fill(stranger.accountId)
    await field(page, words.parts.instanceId).fill(instanceId)
    const activate = page.getByRole('button', { name: words.activation.activate, exact: true })
    await activate.click()
    await expect(page.getByText(words.problem('instance_pair_wrong'))).toBeVisible()
    await expectScreen(page, words.activation.method.title)
    await field(page, words.parts.accountId).fill(buyer.accountId)
    await activate.click()
    await expectScreen(page, words.activation.done.title)
  })
})
