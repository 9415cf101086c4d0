import Core
import Postgres

/// The statements of what a mailbox proves.
enum ProofQueries {
  static func begin(
    _ purpose: MailProof.Purpose, email: EmailAddress, token: ProofToken, code: [UInt8]?, seconds: Int, id: JobID
  ) -> SQL {
    """
    SELECT begin_proof(\(id), \(email.text), \(purpose.rawValue), \(token.hash), \(code), \(seconds)) AS name
    """
  }

  static func tryCode(_ codes: [[UInt8]], _ purpose: MailProof.Purpose, email: EmailAddress) -> SQL {
    "SELECT try_code(\(email.text), \(purpose.rawValue), \(codes)::bytea[]) AS proof"
  }

  static func find(_ token: ProofToken, _ purpose: MailProof.Purpose) -> SQL {
    "SELECT id, email, name FROM proof_of(\(token.hash), \(purpose.rawValue))"
  }

  static func verifyEmail(_ proof: JobID) -> SQL { "SELECT verify_email(\(proof)) AS user_id" }

  static func resetPassword(_ proof: JobID, secret: String) -> SQL {
    "SELECT reset_password(\(proof), \(secret)) AS user_id"
  }
}
