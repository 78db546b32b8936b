/** Said below a field before anything is typed. */
export const help = {
  username: '3–64 letters, digits, dots, dashes or underscores, beginning with a letter.',
  password: 'At least 10 characters. Length is what counts; no symbols are demanded.',
  email: 'We mail a 6-digit code to this address.',
  workspaceName: 'At most 128 characters. It can be changed later.',
  workspaceLanguage: 'Language of notices and of what is set up in the workspace at first.',
  cloudAccountRef: 'The digits of the main account.',
  instanceRef: 'As shown under Purchased Services.',
}

/** Said in place of the help when a rule is broken. */
export const broken = {
  empty: 'Please fill this in.',
  choose: 'Please choose one.',
  username: 'Please use 3–64 letters, digits, dots, dashes or underscores, beginning with a letter.',
  password: 'Please use 10 to 200 characters.',
  passwordAgain: 'The two passwords differ. Please type the same one twice.',
  email: 'Please write an e-mail address such as name@company.com.',
  code: 'Please type the 6 digits from the e-mail.',
  phone: 'Please use digits, with a leading + if you like, or leave it empty.',
  workspaceName: 'Please use at most 128 characters.',
  amount: 'Please write an amount above 0 with a point, such as 500.00.',
  note: 'Please say in at most 200 characters what it is for.',
  apiKeyName: 'Please use at most 64 characters.',
  companyName: 'Please use at most 200 characters.',
  shortText: 'Please use at most 100 characters.',
  longText: 'Please use at most 2,000 characters.',
  cloudAccountRef: 'Please copy the digits of the main account, nothing else.',
  instanceRef: 'Please copy the Instance ID as shown under Purchased Services.',
  terms: 'Please read and accept the terms to continue.',
}
