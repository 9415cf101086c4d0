import CLibpq

/// The keyword–value pairs handed to libpq: the URL's own, completed and overridden by the configuration.
struct ConnectionParameters: Sendable {
  private(set) var pairs: [(keyword: String, value: String)]

  init(_ configuration: PostgresConfiguration) throws(PostgresError) {
    var pairs = try Self.parse(configuration.url)
    func set(_ keyword: String, _ value: String) {
      pairs.removeAll { $0.keyword == keyword }
      pairs.append((keyword, value))
    }
    func setDefault(_ keyword: String, _ value: String) {
      if !pairs.contains(where: { $0.keyword == keyword }) { pairs.append((keyword, value)) }
    }
    set("client_encoding", "UTF8")
    set("application_name", configuration.applicationName)
    // A peer that vanished without a word is noticed within about ten seconds.
    setDefault("keepalives_idle", "5")
    setDefault("keepalives_interval", "2")
    setDefault("keepalives_count", "3")
    setDefault("tcp_user_timeout", "10000")
    if configuration.sendsStartupOptions {
      let own = pairs.first { $0.keyword == "options" }?.value
      let ours = Self.settings(configuration).map { "-c \($0.0)=\(Self.escaped($0.1))" }
      set("options", ([own].compactMap(\.self) + ours).joined(separator: " "))
    }
    self.pairs = pairs
  }

  private static func settings(_ configuration: PostgresConfiguration) -> [(String, String)] {
    var settings = [
      ("TimeZone", "UTC"), ("DateStyle", "ISO"), ("IntervalStyle", "iso_8601"), ("bytea_output", "hex"),
      ("client_min_messages", "warning"), ("search_path", configuration.searchPath),
      // Each statement is prepared once and serves every tenant: planning it anew for each call would take longer than
      // most take to run (Docs/adr/0004).
      ("plan_cache_mode", "force_generic_plan"),
      // A plan made while a table was empty is kept while it grows, those of foreign keys too: it goes by an index.
      // What can only be read in a row then looks so dear that a server of the hospital's own would compile it first.
      ("enable_seqscan", "off"), ("jit", "off"),
      ("statement_timeout", String(Int(configuration.statementTimeoutSeconds * 1000))),
      // Of a node that stands still in the middle of a transaction: whoever waits for its locks goes on.
      (
        "idle_in_transaction_session_timeout",
        String(Int(configuration.idleInTransactionTimeoutSeconds * 1000))
      ),
    ]
    if let role = configuration.role { settings.append(("role", role)) }
    return settings
  }

  /// Spaces split the options string, so they and backslashes carry a backslash.
  private static func escaped(_ value: String) -> String {
    value.reduce(into: "") { text, character in
      if character == " " || character == "\\" { text.append("\\") }
      text.append(character)
    }
  }

  /// Takes a URL or connection string apart. libpq's message would quote the string, so it is not passed on.
  static func parse(_ url: String) throws(PostgresError) -> [(keyword: String, value: String)] {
    var message: UnsafeMutablePointer<CChar>?
    let options = PQconninfoParse(url, &message)
    if let message { PQfreemem(message) }
    guard let options else { throw .badConfiguration("the database URL cannot be read") }
    defer { PQconninfoFree(options) }
    var pairs: [(keyword: String, value: String)] = []
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val { pairs.append((String(cString: keyword), String(cString: value))) }
      option += 1
    }
    return pairs
  }

  /// Lends the pairs as libpq wants them: two arrays of C strings that end with nil.
  func withPointers<R>(
    _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<UnsafePointer<CChar>?>?) -> R
  ) -> R {
    var bytes: [CChar] = []
    var starts: [Int] = []
    for text in pairs.map(\.keyword) + pairs.map(\.value) {
      starts.append(bytes.count)
      bytes += text.utf8CString
    }
    return bytes.withUnsafeBufferPointer { block in
      let pointers: [UnsafePointer<CChar>?] = starts.map { block.baseAddress?.advanced(by: $0) }
      let keywords = pointers[..<pairs.count] + [nil]
      let values = pointers[pairs.count...] + [nil]
      return keywords.withUnsafeBufferPointer { keywords in
        values.withUnsafeBufferPointer { values in body(keywords.baseAddress, values.baseAddress) }
      }
    }
  }
}

/// Small changes to a database URL.
package enum PostgresURL {
  /// The same server and user with another database, as a URL.
  package static func replacing(database: String, in url: String) throws(PostgresError) -> String {
    var pairs = try ConnectionParameters.parse(url).filter { $0.keyword != "dbname" }
    pairs.append(("dbname", database))
    return render(pairs)
  }

  /// The same server and database with another user and password, as a URL.
  package static func replacing(user: String, password: String?, in url: String) throws(PostgresError) -> String {
    var pairs = try ConnectionParameters.parse(url).filter { $0.keyword != "user" && $0.keyword != "password" }
    pairs.append(("user", user))
    if let password { pairs.append(("password", password)) }
    return render(pairs)
  }

  /// The database that a URL names, nil when it names none.
  package static func database(of url: String) throws(PostgresError) -> String? {
    try ConnectionParameters.parse(url).first { $0.keyword == "dbname" }?.value
  }

  private static func render(_ pairs: [(keyword: String, value: String)]) -> String {
    "postgresql:///?" + pairs.map { "\($0.keyword)=\(encoded($0.value))" }.joined(separator: "&")
  }

  private static func encoded(_ value: String) -> String {
    var text: [UInt8] = []
    for byte in value.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126: text.append(byte)
      default: text += [UInt8(ascii: "%"), Hex.digit(byte >> 4), Hex.digit(byte & 15)]
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
