import type { terms as english } from '../en/terms.ts'

/** 服务条款 */
export const terms: typeof english = {
  title: '服务条款',
  version: '版本 {{version}}',
  lead: '本条款简要说明{{brand}}提供的服务，以及您开通商业版时所同意的内容。',
  sections: {
    service: {
      title: '服务内容',
      body: '{{brand}}在您选择的站点上运行您的工作空间。工作空间创建后不能更换站点，数据保存在该站点。',
    },
    payment: {
      title: '费用',
      body: '按实际用量付费，单价以站点公布的价格为准。用量按站点所在时区的自然日统计，次日出账。工作空间使用云账号结算时，费用通过对应的云市场收取，并适用您在云市场同意的条款。',
    },
    accounts: {
      title: '您的账号',
      body: '费用中心账号用于付费，{{brand}}账号用于在工作空间中工作。两者的用户名和初始密码可以相同，之后互相独立。请妥善保管，使用账号进行的操作视为您本人的操作。',
    },
    ending: {
      title: '终止',
      body: '您可以随时在云市场关闭服务。相关工作空间此后有 14 天时间选择其他付费方式；逾期将被锁定，数据再保留 30 天供导出，之后删除。',
    },
    changes: {
      title: '变更',
      body: '条款变更时版本号随之更新，下次开通前会请您确认新版本。',
    },
  },
}
