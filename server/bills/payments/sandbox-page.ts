import type { Currency } from '../../../contract/money.ts'

/** The sandbox's payment page: what is to be paid, and two buttons. Everything in it was checked to be an id, amount or currency. */
export function payPage(of: { topUpId: string; amount: string; currency: Currency; signature: string }): string {
  const query = new URLSearchParams({ amount: of.amount, currency: of.currency, signature: of.signature })
  const action = `/payments/sandbox/orders/${of.topUpId}?${query.toString().replaceAll('&', '&amp;')}`
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sandbox payment · 沙箱支付</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 15vh auto; max-width: 26rem; padding: 0 1rem; }
  strong { display: block; font-size: 2rem; margin: 1rem 0; }
  button { font: inherit; padding: .5rem 1.25rem; margin-inline-end: .5rem; }
</style>
<main>
  <h1>Sandbox payment · 沙箱支付</h1>
  <p>No money moves here. · 此处不会产生真实扣款。</p>
  <strong>${of.currency} ${of.amount}</strong>
  <form method="post" action="${action}">
    <button name="outcome" value="paid">Pay · 支付</button>
    <button name="outcome" value="declined">Decline · 拒绝</button>
  </form>
</main>
</html>`
}
