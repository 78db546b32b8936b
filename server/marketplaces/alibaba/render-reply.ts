import type { Config } from '../../config.ts'
import type { Reply } from '../connector.ts'

/** Where a buyer arrives by Direct Login, told to the marketplace as `authUrl`; without a query string of its own. */
export const directLoginPath = '/marketplaces/alibaba/login'

/**
 * Our answer as the vendor reads it (pages createinstance, renewinstance …). A purchase is answered with our instance id and
 * where to log in, or with instance id `0`, which asks the vendor to call again (at most 120 times); everything else with
 * `success`. Answers to one message are the same however often it comes.
 */
export function renderReply(config: Config, action: string, reply: Reply): Record<string, unknown> {
  switch (reply.kind) {
    case 'provisioned':
      return {
        instanceId: reply.instanceRef,
        appInfo: { frontEndUrl: `${config.publicUrl}/`, authUrl: `${config.publicUrl}${directLoginPath}` },
        info: remarks(config),
      }
    case 'done':
      return { success: true }
    case 'refused':
      return { ...(action === 'createInstance' ? { instanceId: '0' } : {}), success: false, message: reply.message }
    default:
      return reply satisfies never
  }
}

/** The remarks shown to the buyer beside the instance, in the language of the catalogue. */
function remarks(config: Config): Record<string, string> {
  const { brand, defaultLanguage } = config.catalogue
  return defaultLanguage === 'zh'
    ? { 开始使用: `点击该实例的“免登”进入 ${brand.name}，账号 ID 和实例 ID 将自动填写。` }
    : { 'Getting started': `Press Direct Login on this instance to enter ${brand.name}; nothing needs to be copied.` }
}
