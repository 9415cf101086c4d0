import Core
import FoundationEssentials
import NIOCore
import Secrets

/// A client's name for one request: counted per hospital, person and operation.
struct IdempotencyKey: Sendable {
  let hospital: HospitalID
  let actor: UUID
  let operation: String
  let text: String
  let requestHash: [UInt8]
  /// The answer may name a patient and is kept sealed.
  let isSealed: Bool

  var lockName: String { "\(hospital.text) \(actor.uuidString) \(operation) \(text)" }

  private var place: String { "idempotency_keys.answer \(lockName)" }

  func seal(_ answer: ByteBuffer, with secrets: KeyRing) throws -> String {
    Data(try secrets.seal(Array(answer.readableBytesView), for: .storedAnswer, place: place)).base64EncodedString()
  }

  func open(_ answer: String, with secrets: KeyRing) throws -> ByteBuffer {
    guard let sealed = Data(base64Encoded: answer) else { throw SealError.unreadable(.storedAnswer) }
    return ByteBuffer(bytes: try secrets.open(Array(sealed), for: .storedAnswer, place: place))
  }
}
