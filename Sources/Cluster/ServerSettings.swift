/// The settings of a private cluster, written anew at each start so that an older cluster gets them too.
enum ServerSettings {
  static let port = 5432
  static let fileName = "ward.conf"

  /// Sockets only; nothing of a statement, its values or its errors in the log (a value may be a patient's).
  static func text(socketFolder: String) -> String {
    """
    # Written by Ward at each start; changes belong into postgresql.conf, below the line that includes this file.
    listen_addresses = ''
    port = \(port)
    unix_socket_directories = '\(socketFolder)'
    unix_socket_permissions = 0700
    password_encryption = 'scram-sha-256'
    cluster_name = 'ward'
    timezone = 'UTC'

    max_connections = 100
    shared_buffers = '256MB'
    work_mem = '8MB'
    maintenance_work_mem = '64MB'
    max_wal_size = '1GB'
    wal_compression = on
    synchronous_commit = on
    random_page_cost = 1.1
    jit = off

    logging_collector = on
    log_directory = 'log'
    log_filename = 'postgresql-%a.log'
    log_truncate_on_rotation = on
    log_rotation_age = '1d'
    log_rotation_size = 0
    log_file_mode = 0600
    log_timezone = 'UTC'
    log_min_messages = log
    log_min_error_statement = panic
    log_error_verbosity = terse
    log_statement = 'none'
    log_min_duration_statement = -1
    log_parameter_max_length = 0
    log_parameter_max_length_on_error = 0
    log_checkpoints = off

    """
  }

  /// Writes the settings and makes the server's own file include them, once.
  static func write(cluster: String, socketFolder: String, user: SystemUser) throws {
    try Files.write(text(socketFolder: socketFolder), to: "\(cluster)/\(fileName)", mode: 0o600, owner: user)
    let main = cluster + "/postgresql.conf"
    let line = "include_if_exists = '\(fileName)'"
    let now = try Files.read(main) ?? ""
    guard !now.split(whereSeparator: \.isNewline).contains(where: { $0 == line }) else { return }
    try Files.write("\(now)\n\(line)\n", to: main, mode: 0o600, owner: user)
  }
}
