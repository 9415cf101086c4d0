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
  }
}
