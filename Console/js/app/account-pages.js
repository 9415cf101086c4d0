/** The pages of one's own account. */
import { completeProfileView } from '../views/complete-profile.js';
import { forgotPasswordView } from '../views/forgot-password.js';
import { joinView } from '../views/join.js';
import { outboxView } from '../views/outbox.js';
import { profileView } from '../views/profile.js';
import { resetPasswordView } from '../views/reset-password.js';
import { securityView } from '../views/security.js';
import { signUpView } from '../views/sign-up.js';
import { verifyView } from '../views/verify.js';

export const ACCOUNT_VIEWS = {
  profile: profileView,
  security: securityView,
  outbox: outboxView,
};

/** Pages without the frame: for people who are not inside yet, and for mailed links. */
export const OUTSIDE_VIEWS = {
  signUp: signUpView,
  join: joinView,
  verify: verifyView,
  forgotPassword: forgotPasswordView,
  resetPassword: resetPasswordView,
  completeProfile: completeProfileView,
};
