import Foundation

extension Migration {
  /// Reads `<version>-<name>.up.sql` and its `.down.sql` from a folder, in order of version.
  ///
  /// Throws `badConfiguration`, naming the file, for a pair that is incomplete, a version that occurs twice, a text
  /// without its reason, or a folder that cannot be read. Other files are left alone.
  package static func load(folder: String) throws(PostgresError) -> [Migration] {
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: folder)
    } catch {
      throw .badConfiguration("the migrations in \(folder) cannot be read")
    }
    var texts: [String: String] = [:]
    for name in names where name.hasSuffix(".sql") {
      do {
        texts[name] = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
      } catch {
        throw .badConfiguration("migration \(name) cannot be read as UTF-8")
      }
    }
    return try load(texts)
  }

  /// The same from texts by file name, as they travel inside the program.
  package static func load(_ texts: [String: String]) throws(PostgresError) -> [Migration] {
    var migrations: [Migration] = []
    for name in texts.keys.sorted() {
      guard name.hasSuffix(".up.sql"), let up = texts[name] else {
        let partner = name.replacing(".down.sql", with: ".up.sql")
        guard name.hasSuffix(".down.sql"), texts[partner] != nil else {
          throw .badConfiguration("migration \(name) has no .up.sql beside it")
        }
        continue
      }
      let stem = String(name.dropLast(".up.sql".count))
      guard let down = texts[stem + ".down.sql"] else {
        throw .badConfiguration("migration \(name) has no .down.sql beside it")
      }
      let version = stem.prefix { $0 != "-" }
      let title = String(stem.dropFirst(version.count + 1))
      migrations.append(try Migration(version: String(version), name: title, up: up, down: down))
    }
    for (former, latter) in zip(migrations, migrations.dropFirst()) where former.version == latter.version {
      throw .badConfiguration("migrations \(former.name) and \(latter.name) have the same version \(latter.version)")
    }
    return migrations
  }
}
