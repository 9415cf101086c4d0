package import Core
package import Operations
import Postgres
import Secrets

/// Names the caller's own telephone number and sends a code there; until the code comes back the number is good for
/// nothing. Asks for the password, since codes for signing in may go there.
package struct SetPhone: PreparedServedOperation {
  package let number: InternationalNumber
  package let channel: PhoneChannel?
  package let password: PasswordText

  package static let contract = Contract(
    name: "auth.setPhone", route: .post("/own-phone"), summary: "Name your telephone number",
    message: "A code is on its way to this number.", access: .person,
    limit: RateLimit("auth.setPhone", max: 5, windowSeconds: 600), mode: .write,
    audit: .row(action: "phone_set", category: .security), cache: .never, answersWithSecret: true)

  package struct Output: Record {
    package let destination: NameText
    package let channel: PhoneChannel
    package let expiresInSeconds: LifetimeSeconds
  }

  package func prepare(_ call: Preparation, _ senders: CodeSenders) async throws -> OneTimeCode {
    try await OwnPassword.check(password, call)
    let code = OneTimeCode.random()
    let way = (channel ?? .sms).way
    guard await senders.send(code, to: number, by: way) else {
      throw Failure(.unavailable, "The code could not be sent to this number.", retryAfterSeconds: 30)
    }
    return code
  }

  package func run(_ call: inout WriteCall, _ code: OneTimeCode) async throws -> Output {
    let person = try call.person
    guard let print = call.secrets.fingerprints(of: number.text, for: .phone).first,
      let fingerprint = OwnPhone.fingerprints(code, of: person, call.secrets).first
    else { throw Failure.internalFault }
    let sealed = try call.secrets.seal(number.text, for: .phone, place: OwnPhone.place(of: person))
    call.transaction.queue(OwnPhoneQueries.keep(person, sealed: sealed, print: print, fingerprint: fingerprint))
    call.audit.resource("user", person)
    return Output(
      destination: NameText(unchecked: number.masked), channel: channel ?? .sms,
      expiresInSeconds: LifetimeSeconds(unchecked: 600))
  }
}

/// Proves the number by the code that went there: ten minutes and five tries.
package struct VerifyPhone: PreparedOperation {
  package let code: OneTimeCode

  package static let contract = Contract(
    name: "auth.verifyPhone", route: .post("/own-phone/verification"), summary: "Prove your telephone number",
    message: "The number is yours.", access: .person,
    limit: RateLimit("auth.verifyPhone", max: 20, windowSeconds: 600), mode: .write,
    audit: .row(action: "phone_proved", category: .security), cache: .never)

  /// The try is counted by itself, so that a wrong one is counted, too.
  package func prepare(_ call: Preparation) async throws {
    guard let person = call.caller?.userID else { throw Failure.signInFirst }
    let prints = OwnPhone.fingerprints(code, of: person, call.secrets)
    let row = try await call.rows(OwnPhoneQueries.prove(person, prints)).first
    guard try row?.decode("is_right", as: Bool.self) == true else {
      throw Failure.invalid("code", "is not good, or not any more", rule: "code")
    }
  }

  package func run(_ call: inout WriteCall, _ prepared: Void) async throws -> Done {
    call.audit.resource("user", try call.person)
    return Done()
  }
}

/// Shows the caller's own number, as far as he needs to know it again.
package struct ShowPhone: ReadOperation {
  package static let contract = Contract(
    name: "auth.getPhone", route: .get("/own-phone"), summary: "Which telephone number is mine?",
    message: "Your number.", access: .person, limit: .standard, mode: .read,
    audit: .refusalsOnly(category: .security), cache: .never)

  package struct Output: Record {
    package let number: NameText?
    package let isProved: Bool
  }

  package func run(_ call: ReadCall) async throws -> Output {
    let person = try call.person
    guard let row = try await call.rows(OwnPhoneQueries.find(person)).first else {
      return Output(number: nil, isProved: false)
    }
    let number = InternationalNumber(
      unchecked: try call.secrets.openText(
        try row.decode("number"), for: .phone, place: OwnPhone.place(of: person)))
    return Output(
      number: NameText(unchecked: number.masked), isProved: try row.decode("proved_at", as: Timestamp?.self) != nil)
  }
}

/// Forgets the caller's own number.
package struct RemovePhone: WriteOperation {
  package static let contract = Contract(
    name: "auth.removePhone", route: .delete("/own-phone"), summary: "Remove your telephone number",
    message: "The number is forgotten.", access: .person, limit: .standard, mode: .write,
    audit: .row(action: "phone_removed", category: .security), cache: .never)

  package func run(_ call: inout WriteCall) async throws -> Done {
    let person = try call.person
    guard try await call.transaction.query(OwnPhoneQueries.remove(person)).first != nil else {
      throw Failure.notFound("number")
    }
    call.audit.resource("user", person)
    return Done()
  }
}

/// By which way a code comes to a telephone.
package enum PhoneChannel: String, ChoicePrimitive {
  case sms, whatsapp

  var way: CodeChannel { self == .sms ? .sms : .whatsapp }
}
