import Cluster
import Core
import Logging
import Postgres

/// Looks at the database: whether each of its URLs leads to a PostgreSQL that is new enough, whether the serving role may
/// too much or too little, and whether migrations are pending.
struct DatabaseDoctor: Sendable {
  static let oldest = VersionNumber(15)
  private static let waitSeconds = 5.0

  let settings: DatabaseSettings
  let dataFolder: String
  let logger: Logger

  func findings() async -> [Finding] {
    guard settings.url == nil else { return await look(settings.url ?? "", settings.ownerURL) }
    do {
      guard try PrivateCluster.exists(in: dataFolder) else {
        return [Finding("database", .advice, "There is none in \(dataFolder) yet; ward serve makes it.")]
      }
      let cluster = try await PrivateCluster.start(dataFolder: dataFolder, logger: logger, say: { _ in })
      let findings = await look(cluster.servingURL, cluster.ownerURL)
      try await cluster.stop()
      return findings
    } catch ClusterError.folderInUse(let folder, _) {
      return [Finding("database", .well, "A running Ward uses \(folder); its /health tells how it is.")]
    } catch {
      return [Finding("database", .ill, "\(error)")]
    }
  }

  private func look(_ serving: String, _ owner: String?) async -> [Finding] {
    var findings = [await find("database") { try await self.role(serving) }]
    if let owner { findings.append(await find("migrations") { try await self.migrations(owner) }) }
    if let direct = settings.directURL {
      findings.append(
        await find("direct") {
          _ = try await self.rows("SELECT 1", direct)
          return Finding("direct", .well, "WARD_DATABASE_DIRECT_URL answers.")
        })
    }
    return findings
  }

  private func find(_ part: String, _ look: () async throws -> Finding) async -> Finding {
    do { return try await look() } catch { return Finding(part, .ill, "\(error)") }
  }

  private func role(_ url: String) async throws -> Finding {
    let rows = try await rows(
      """
      SELECT current_setting('server_version') AS version, current_user::text AS name,
        r.rolsuper OR r.rolbypassrls AS may_all,
        EXISTS (SELECT FROM pg_roles e WHERE e.rolname = 'ward_engine' AND pg_has_role(e.oid, 'MEMBER')) AS is_engine
      FROM pg_roles r WHERE r.rolname = current_user
      """, url)
    guard let row = rows.first else { throw PostgresError.protocolViolation("no role") }
    let version: String = try row.decode("version")
    let name: String = try row.decode("name")
    guard let number = VersionNumber(version), number >= Self.oldest else {
      return Finding("database", .ill, "PostgreSQL \(version) is too old: 15 or newer is needed.")
    }
    guard try !row.decode("may_all", as: Bool.self) else {
      return Finding("database", .ill, "\(name) is a superuser or passes row security by: hospitals are not apart.")
    }
    guard try row.decode("is_engine") else {
      return Finding("database", .ill, "\(name) is no member of ward_engine: GRANT ward_engine TO \(name).")
    }
    return Finding("database", .well, "PostgreSQL \(version) answers.")
  }

  private func migrations(_ url: String) async throws -> Finding {
    let all = try await Migrator(url: url, migrations: Binary.migrations()).status()
    func count(_ state: MigrationStatus.State) -> Int { all.count { $0.state == state } }
    if count(.changed) > 0 {
      return Finding("migrations", .ill, "\(count(.changed)) were applied from another text: see ward migrate status.")
    }
    if count(.missing) > 0 {
      return Finding("migrations", .advice, "\(count(.missing)) are of a newer Ward: see ward migrate status.")
    }
    guard count(.pending) == 0 else {
      return Finding("migrations", .advice, "\(count(.pending)) are pending: ward migrate up, or the next start.")
    }
    return Finding("migrations", .well, "All \(all.count) are applied.")
  }

  private func rows(_ statement: SQL, _ url: String) async throws -> Rows {
    var configuration = PostgresConfiguration(url: url)
    configuration.minimum = 0
    configuration.maximum = 1
    configuration.startTimeoutSeconds = Self.waitSeconds
    configuration.acquireTimeoutSeconds = Self.waitSeconds
    let pool = PostgresPool(configuration)
    do {
      try await pool.start()
      let rows = try await pool.run(statement)
      await pool.close()
      return rows
    } catch {
      await pool.close()
      throw error
    }
  }
}
