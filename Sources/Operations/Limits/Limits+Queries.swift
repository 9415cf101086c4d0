import Postgres

/// The statement of shared limits.
enum LimitQueries {
  static func count(_ tallies: [SharedCounts.Tally]) -> SQL {
    """
    SELECT key, count, ends_at FROM count_windows(\(tallies.map(\.key)), \(tallies.map(\.seconds))::int[],
      \(tallies.map(\.added))::int[], \(tallies.map(\.floor))::int[])
    """
  }
}
