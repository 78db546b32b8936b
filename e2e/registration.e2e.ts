import { expect, expectScreen, inLanguages, test } from './journey.ts'
import { freshBuyer } from './market.ts'
import { newPerson } from './people.ts'
import {
  buyInTheShop,
  choose,
  field,
  fillBasic,
  fillCompany,
  nameWorkspace,
  next,
  openWorkspace,
  pressDirectLogin,
} from './steps.ts'

for (const { language, name } of inLanguages) {
  test.describe(name, () => {
    test.use({ language })

    test('a buyer without any account purchases, registers, presses Activate and is in the workspace', async ({
      page,
      words,
    }) => {
      const person = newPerson()
      const buyer = await freshBuyer()
      const instanceId = await buyInTheShop(page, words, buyer)
      await pressDirectLogin(page, words)
      await choose(page, words, 'new')
      await fillBasic(page, words, person)
      await next(page, words)
      await fillCompany(page, words, person)
      await next(page, words)

      await expectScreen(page, words.activation.method.title)
      // Nothing is copied by hand: the ids came with Direct Login.
      await expect(field(page, words.parts.accountId)).toHaveValue(buyer.accountId)
      await expect(field(page, words.parts.accountId)).not.toBeEditable()
      await expect(field(page, words.parts.instanceId)).toHaveValue(instanceId)
      await expect(field(page, words.parts.instanceId)).not.toBeEditable()
      await nameWorkspace(page, words, 'acme-prod')
      await page.getByRole('button', { name: words.activation.activate, exact: true }).click()

      await expectScreen(page, words.activation.done.title)
      await expect(page.getByText('acme-prod')).toBeVisible()
      await openWorkspace(page, words, 'acme-prod')
    })
  })
}
