import { expect, expectScreen, inLanguages, test } from './journey.ts'
import { directLogin, freshBuyer, purchase, release } from './market.ts'

/** Hand-offs that cannot be taken: each says why and how to go on. */
for (const { language, name } of inLanguages) {
  test.describe(name, () => {
    test.use({ language })

    test('a Direct Login link that is too old, altered, or used in another browser leads back to Direct Login', async ({
      page,
      elsewhere,
      words,
    }) => {
      const { titles, steps } = words.activation.refused
      const instanceId = await purchase(await freshBuyer())
      await page.goto(await directLogin(instanceId, { ageMs: 6 * 60_000 }))
      await expectScreen(page, titles.handoff_expired)
      await expect(page.getByText(steps.press, { exact: true })).toBeVisible()
      await page.goto(await directLogin(instanceId, { spoil: 'token' }))
      await expectScreen(page, titles.handoff_tampered)
      await expect(page.getByText(steps.press, { exact: true })).toBeVisible()

      const link = await directLogin(instanceId)
      await page.goto(link)
      await expectScreen(page, words.activation.landing.title)
      // The token is gone from the address bar.
      await expect(page).toHaveURL(/\/activate$/)
      // Somebody in the middle of something of their own, to whom the link was forwarded.
      await elsewhere.goto(await directLogin(await purchase(await freshBuyer())))
      await expectScreen(elsewhere, words.activation.landing.title)
      await elsewhere.goto(link)
      await expectScreen(elsewhere, titles.handoff_used)
      await expect(elsewhere.getByText(steps.press, { exact: true })).toBeVisible()
      await expect(elsewhere.getByRole('link', { name: words.activation.refused.register })).toBeVisible()
    })

    test('a purchase closed in the marketplace says so, before and after Direct Login', async ({ page, words }) => {
      const instanceId = await purchase(await freshBuyer())
      await page.goto(await directLogin(instanceId))
      await expectScreen(page, words.activation.landing.title)
      await release(instanceId)
      await page.getByRole('radio', { name: words.activation.landing.new }).check()
      await page.getByRole('button', { name: words.activation.next, exact: true }).click()
      await expect(page.getByText(words.problem('instance_released')).first()).toBeVisible()
      await page.goto(await directLogin(instanceId))
      await expectScreen(page, words.activation.refused.titles.instance_released)
      await expect(page.getByText(words.activation.refused.steps.pressNew, { exact: true })).toBeVisible()
    })
  })
}
