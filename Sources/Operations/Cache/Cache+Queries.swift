import Core
import Postgres

/// The statements of kept answers.
enum CacheQueries {
  /// The versions of these tables in a hospital; nil stands for all hospitals together.
  static func versions(of topics: [String], in hospital: HospitalID?) -> SQL {
    "SELECT topic, version FROM cache_versions(\(topics), \(hospital))"
  }

  static let clear: SQL = "SELECT clear_cache()"
}
