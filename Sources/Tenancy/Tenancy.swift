package import Operations

extension Registry {
  /// One line for each operation of hospitals, duty and ward screens.
  package mutating func registerTenancy(_ work: OpenWork) {
    register(ShowSession.self)
    register(ShowDuty.self)
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
    register(UnlockUser.self)
    register(DeactivateUser.self)
    register(ListDoctors.self)
    register(GetDoctor.self)
    register(CreateDoctor.self)
    register(UpdateDoctor.self)
    register(DeactivateDoctor.self)
    register(CreateOwnProfile.self)
    register(GetOwnProfile.self)
    register(UpdateOwnProfile.self)
    register(ListRoles.self)
    register(ListGrants.self)
    register(GrantRole.self)
    register(RevokeRole.self)
    registerOrganizations()
    registerHospitals()
    registerPlaces()
    registerAccounts()
    registerShifts()
    registerAdministration()
    registerOnCall()
    registerHandovers(work)
  }

  private mutating func registerPlaces() {
    register(ListLocations.self)
    register(GetLocation.self)
    register(CreateLocation.self)
    register(UpdateLocation.self)
    register(DeleteLocation.self)
    register(CreateDepartment.self)
    register(UpdateDepartment.self)
    register(DeleteDepartment.self)
    register(ListRooms.self)
    register(CreateRoom.self)
    register(UpdateRoom.self)
    register(DeleteRoom.self)
    register(ListLine.self)
    register(JoinLine.self)
    register(CallNext.self)
    register(LeaveLine.self)
  }

  /// Files of staff, rooms and patients; each module brings what it knows to take over.
  package mutating func registerImports(_ importers: [any Importer]) {
    register(CheckImport.self, with: importers)
    register(RunImport.self, with: importers)
  }

  /// The administrators' own views.
  private mutating func registerAdministration() {
    register(ListManagedUsers.self)
    register(GetManagedUser.self)
    register(ToggleUserStatus.self)
    register(ShowAnalytics.self)
    register(ShowPlatform.self)
  }

  private mutating func registerHospitals() {
    register(GetCurrentHospital.self)
    register(ListHospitals.self)
    register(GetHospitalBySubdomain.self)
    register(UpdateSettings.self)
    register(RegisterHospital.self)
    register(RequestHospitalEdit.self)
    register(ConfirmHospitalEdit.self)
    register(UpdateHospitalDetails.self)
  }

  /// How people come to an account and what they say of themselves.
  private mutating func registerAccounts() {
    register(SignUp.self)
    register(CompleteProfile.self)
    register(GetProfile.self)
    register(UpdateProfile.self)
    register(ForcePasswordReset.self)
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
    register(SendJoinRequest.self)
    register(ListOwnJoinRequests.self)
    register(CancelJoinRequest.self)
    register(ListJoinRequests.self)
    register(ReviewJoinRequest.self)
  }
}
