package import Operations

extension Registry {
  /// One line for each operation of people and sessions.
  package mutating func registerIdentity(
    _ tokens: AccessTokens, _ plugins: AuthPlugins, _ senders: CodeSenders
  ) {
    register(SignIn.self, with: plugins)
    register(ListMethods.self, with: plugins)
    register(SignOut.self)
    // Sessions and factors.
    register(ListSessions.self)
    register(RevokeSession.self)
    register(RevokeOtherSessions.self)
    register(RotateToken.self)
    register(SelectHospital.self)
    register(EnableTwoFactor.self)
    register(VerifyTwoFactor.self)
    register(DisableTwoFactor.self)
    register(RegenerateBackupCodes.self)
    register(GetTwoFactorStatus.self)
    register(RequestOTP.self, with: senders)
    register(SetPhone.self, with: senders)
    register(VerifyPhone.self)
    register(ShowPhone.self)
    register(RemovePhone.self)
    register(VerifyOTP.self, with: plugins)
    registerAccounts()
    register(IssueTokens.self, with: tokens)
    register(RefreshTokens.self, with: tokens)
    register(ListProviders.self, with: plugins)
    register(BeginSignIn.self, with: plugins)
    register(FinishSignIn.self, with: plugins)
    register(FinishSecondFactor.self)
    register(CreateKey.self)
    register(ListKeys.self)
    register(RevokeKey.self)
    register(ListLinkedAccounts.self)
    register(UnlinkAccount.self)
  }

  /// Addresses and passwords.
  private mutating func registerAccounts() {
    register(CheckEmail.self)
    register(VerifyEmail.self)
    register(ResendVerification.self)
    register(ForgotPassword.self)
    register(ResetPassword.self)
    register(ChangePassword.self)
  }
}
