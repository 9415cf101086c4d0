/** Words for one's own account: signing in and up, mailed links, profile, security. */
export const ACCOUNT_STRINGS = {
  'wait.seconds.one': '{count} second', 'wait.seconds.other': '{count} seconds',
  'wait.minutes.one': '{count} minute', 'wait.minutes.other': '{count} minutes',
  'wait.hours.one': '{count} hour', 'wait.hours.other': '{count} hours',

  'signIn.tooMany': 'Too many tries. Wait {wait}, then try again.',
  'signIn.busy': 'Ward is busy with many sign-ins. Try again in {wait}.',
  'signIn.mailCode': 'Mail me a code', 'signIn.forgot': 'Forgotten password?', 'signIn.signUp': 'Make an account',

  'code.bad': 'Enter the six digits.', 'code.backup': 'Backup code',
  'code.backupBad': 'Enter ten letters and digits, as K7QZM-4XA2P.',
  'code.mailed': 'Code from the letter', 'code.mailedTitle': 'Look into your mail',
  'code.mailedIntro': 'If there is an account for {email}, a code is on its way. It is good for five minutes.',
  'code.again': 'Send another code', 'code.sentAgain': 'Another code is on its way. Only the newest one is good.',

  'factor.title': 'Second factor', 'factor.code': 'Code from your telephone',
  'factor.codeHint': 'The six digits that your authenticator app shows for Ward.',
  'factor.useBackup': 'Use a backup code', 'factor.useCode': 'Use the telephone’s code',
  'factor.backupHint': 'Each of your ten backup codes is good once.',
  'factor.wrong': 'This code is not right, or was used already. Wait for the next one.',
  'factor.backupWrong': 'This backup code is not right, or was used already.',

  'field.missing': 'Fill this in.',
  'password.new': 'New password', 'password.choose': 'Choose a password', 'password.show': 'Show it',
  'password.hint': 'At least {count} characters. A few words in a row are good; your address in it is not.',
  'password.short': 'Write at least {count} characters.',

  'consent.acceptTerms': 'I accept the terms of use of this hospital’s Ward.',
  'consent.acceptPrivacy': 'I have read how my data are used here.', 'consent.missing': 'Ward needs your consent to this.',

  'wayIn.legend': 'Your hospital',
  'wayIn.code': 'I have a join code', 'wayIn.codeNote': 'From your administrator',
  'wayIn.organization': 'It is new to Ward', 'wayIn.organizationNote': 'You become its administrator',
  'wayIn.later': 'Later', 'wayIn.laterNote': 'Somebody will invite you',
  'wayIn.organizationCode': 'Join code', 'wayIn.codeHint': '4 to 12 letters and digits.',
  'wayIn.organizationName': 'Name of the organisation', 'wayIn.nameHint': 'As its people call it.',

  'signUp.title': 'Make an account', 'signUp.name': 'Your name', 'signUp.submit': 'Make the account',
  'signUp.invited': 'Were you invited by mail? Then open the link in that letter instead.',
  'signUp.signIn': 'To sign-in',
  'signUp.done': 'Your account is made. A letter is on its way that asks whether the address is yours.',

  'join.title': 'You are invited',
  'join.intro': '{hospital} invites {email} to work with them (role: {role}).',
  'join.submit': 'Make my account and join', 'join.accept': 'Accept the invitation',
  'join.known': 'I have an account already', 'join.signOut': 'Sign out and go on',
  'join.other': 'You are signed in as {mine}. The invitation is for {email}.',
  'join.noToken': 'Open the link in the letter once more: this page does not keep it.',
  'join.unknown': 'There is no such invitation. Perhaps a newer letter has come.',
  'join.state.accepted': 'This invitation was accepted already. Sign in.',
  'join.state.revoked': 'This invitation was taken back, or a newer letter has come.',
  'join.state.expired': 'This invitation is over. Ask for another one.',
  'join.done': 'Welcome to {hospital}.',

  'verify.title': 'Is this your address?', 'verify.submit': 'Yes, it is mine',
  'verify.intro': 'You have opened the link that Ward mailed. One press, and the address counts as yours.',
  'verify.codeIntro': 'Type your address and the code from Ward’s letter, or open the link in it.',
  'verify.doneTitle': 'Thank you', 'verify.done': 'The address is yours.', 'verify.goOn': 'Go on',

  'forgot.title': 'Forgotten password',
  'forgot.intro': 'Ward mails you a link with which you choose another one.', 'forgot.submit': 'Mail me a link',
  'forgot.sentTitle': 'Look into your mail',
  'forgot.sent': 'If there is an account for {email}, a letter is on its way. Its link is good for an hour, once.',

  'reset.title': 'Choose a new password', 'reset.submit': 'Change the password',
  'reset.intro': 'Every device that is signed in with your account is signed out by this.',
  'reset.noToken': 'Open the link in the letter once more: this page does not keep it. Or ask for another letter.',
  'reset.over': 'This link is good no more, or was used already.', 'reset.another': 'Mail me another link',
  'reset.done': 'Your password is changed. Sign in with it.',

  'complete.title': 'About you', 'complete.noHospital': 'You are in no hospital yet',
  'complete.intro': 'Say who you are, and how you come into your hospital.',
  'complete.introInside': 'Say who you are, so that colleagues find you.',
  'complete.submit': 'Save and go on', 'complete.again': 'Look again',
  'complete.saved': 'Saved. As soon as somebody takes you in, this page leads on: press “Look again”.',

  'profile.jobTitle': 'Job title', 'profile.phone': 'Telephone',
};
