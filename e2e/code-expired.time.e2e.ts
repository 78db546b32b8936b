import { advanceClock } from './clock.ts'
import { expect, expectScreen, inLanguages, test } from './journey.ts'
import { directLogin, freshBuyer, purchase } from './market.ts'
import { newPerson } from './people.ts'
import { anotherCode, choose, field, fillBasic, next } from './steps.ts'

for (const { language, name } of inLanguages) {
  test.describe(name, () => {
    test.use({ language })

    test('a code that lay about for ten minutes has expired; a new one goes on, and nothing typed is lost', async ({
      page,
      words,
    }) => {
      const person = newPerson()
      await page.clock.install()
      await page.goto(await directLogin(await purchase(await freshBuyer())))
      await choose(page, words, 'new')
      await fillBasic(page, words, person)
      await advanceClock(11 * 60_000)
      await next(page, words)
      await expect(page.getByText(words.problem('code_expired'))).toBeVisible()
      await expect(field(page, words.parts.username)).toHaveValue(person.username)
      await field(page, words.parts.code.label).fill(await anotherCode(page, words, person.email))
      await next(page, words)
      await expectScreen(page, words.activation.company.title)
    })
  })
}
