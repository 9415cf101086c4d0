package import Operations

extension Registry {
  /// One line for each operation of hospitals, duty and ward screens.
  package mutating func registerTenancy() {
    register(ShowSession.self)
    register(ShowDuty.self)
    register(SetDuty.self)
    register(ListStaffOnDuty.self)
    register(ListDepartments.self)
    register(GetDepartment.self)
    register(CreateScreen.self)
    register(ListScreens.self)
    register(RevokeScreen.self)
    register(ListUsers.self)
    register(GetUser.self)
    register(CreateUser.self)
    register(UpdateUser.self)
    register(UpdateUserRole.self)
    register(DeactivateUser.self)
    register(ListDoctors.self)
    register(GetDoctor.self)
    register(CreateDoctor.self)
    register(UpdateDoctor.self)
    register(DeactivateDoctor.self)
    register(ListRoles.self)
    register(ListGrants.self)
    register(GrantRole.self)
    register(RevokeRole.self)
    registerOrganizations()
  }

  /// Organisations, and how people come into their hospitals.
  private mutating func registerOrganizations() {
    register(CreateOrganization.self)
    register(GetOrganization.self)
    register(ListOrganizations.self)
    register(UpdateOrganization.self)
    register(SetDefaultHospital.self)
    register(InviteMembers.self)
    register(ListInvitations.self)
    register(RevokeInvitation.self)
    register(ShowInvitation.self)
    register(AcceptInvitation.self)
    register(GenerateCode.self)
    register(ListCodes.self)
    register(RevokeCode.self)
    register(JoinByCode.self)
  }
}
