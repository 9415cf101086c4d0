import Core
import Operations

/// The seeds' clients name the hospital in the input of their calls: `hospitalId` there is the hospital of the call,
/// where no header names one.
enum TRPCTenant {
  /// Whose call it is, and the input without the name where the operation has no such field.
  static func take(
    from input: Result<JSONValue, Failure>, for schema: JSONSchema, _ credentials: Credentials
  ) -> (Credentials, Result<JSONValue, Failure>) {
    guard case .success(let json) = input, let text = json["hospitalId"]?.text else { return (credentials, input) }
    let isField = schema.properties.contains { $0.name == "hospitalId" }
    let rest: Result<JSONValue, Failure> = isField ? input : .success(json.without("hospitalId"))
    var credentials = credentials
    let named = HospitalID(text).map { Credentials.HospitalChoice.id($0) }
    if credentials.hospital == nil {
      // A field of the operation is checked with the others; what is none has to be refused here.
      credentials.hospital = named ?? (isField ? nil : .unreadable)
    } else if !isField, credentials.hospital != named {
      let failure = Failure.invalid("hospitalId", "is not the hospital that the request names", rule: "exclusive")
      return (credentials, .failure(failure))
    }
    return (credentials, rest)
  }
}
