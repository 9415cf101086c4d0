package import Core
import Operations
import Postgres

/// The statements of a hospital's services for messages.
package enum ServiceQueries {
  /// Where a service's URL is sealed to.
  package static func place(of kind: ChannelKind, in hospital: HospitalID) -> String {
    "channel_settings.sealed \(hospital.text) \(kind.rawValue)"
  }

  static func settings(of hospital: HospitalID) -> SQL {
    "SELECT kind, mode, provider, sealed, version, updated_at FROM channel_settings WHERE hospital_id = \(hospital)"
  }

  /// No row when somebody else was faster.
  static func keep(
    _ kind: ChannelKind, mode: String, provider: String?, sealed: [UInt8]?, version: Int64, in hospital: HospitalID
  ) -> SQL {
    """
    INSERT INTO channel_settings AS c (hospital_id, kind, mode, provider, sealed)
    SELECT \(hospital), \(kind.rawValue), \(mode), \(provider), \(sealed)
    WHERE \(version) = 0 OR EXISTS (
      SELECT FROM channel_settings WHERE hospital_id = \(hospital) AND kind = \(kind.rawValue))
    ON CONFLICT (hospital_id, kind) DO UPDATE SET mode = excluded.mode, version = c.version + 1,
      provider = COALESCE(excluded.provider, c.provider), sealed = COALESCE(excluded.sealed, c.sealed),
      updated_at = ward.now()
    WHERE c.version = \(version) RETURNING version, updated_at
    """
  }
}
