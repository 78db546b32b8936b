/** The terms page: the operator of an installation replaces these words with their own. */
export const terms = {
  title: 'Terms of service',
  version: 'Version {{version}}',
  lead: 'These terms say, in short, what {{brand}} does and what you agree to when you activate the Commercial Plan.',
  sections: {
    service: {
      title: 'The service',
      body: '{{brand}} runs your workspaces on the site you choose. A workspace stays on its site; its data is kept there.',
    },
    payment: {
      title: 'What you pay',
      body: 'You pay for what you use, at the prices published for the site. Usage is counted per day of the site and billed the following day. When a workspace is settled by a cloud account, the amount is charged through that marketplace, under the terms you agreed to there.',
    },
    accounts: {
      title: 'Your accounts',
      body: 'A Billing Center account pays; a {{brand}} account works in workspaces. They may begin with the same username and password and are independent afterwards. Keep both secret; what is done with them counts as done by you.',
    },
    ending: {
      title: 'How it ends',
      body: 'You may close the service in the marketplace at any time. Its workspaces then have 14 days to choose another way of paying. After that they are locked, their data is kept for 30 more days for export, and then deleted.',
    },
    changes: {
      title: 'Changes',
      body: 'When these terms change, the version changes, and you are asked to accept the new one before the next activation.',
    },
  },
}
