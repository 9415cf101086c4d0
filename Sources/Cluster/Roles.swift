/// The roles and the database of Ward in its private cluster, made where missing and put right where changed.
///
/// `ward_owner` owns the database and runs the migrations, `ward_serving` answers requests and owns nothing,
/// `ward_engine` is what a serving connection becomes (SET ROLE) for work across tenants. None of them is a superuser.
enum Roles {
  /// A script for psql, safe to run at each start; it changes nothing when all is as it should be.
  static func script(_ credentials: Credentials) -> String {
    let harmless = "NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION"
    var script = """
      \\set ON_ERROR_STOP on
      \\set VERBOSITY terse
      \\set owner_password '\(credentials.password(of: Credentials.owner))'
      \\set serving_password '\(credentials.password(of: Credentials.serving))'
      SET client_min_messages = warning;

      SELECT format('CREATE ROLE ward_owner LOGIN \(harmless) PASSWORD %L', :'owner_password')
       WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ward_owner') \\gexec
      SELECT format('CREATE ROLE ward_serving LOGIN NOINHERIT \(harmless) PASSWORD %L', :'serving_password')
       WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ward_serving') \\gexec
      SELECT 'CREATE ROLE ward_engine NOLOGIN \(harmless)'
       WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ward_engine') \\gexec

      SELECT format('ALTER ROLE %I \(harmless)', rolname) FROM pg_roles
       WHERE rolname IN ('ward_owner', 'ward_serving', 'ward_engine')
         AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication) \\gexec
      SELECT 'ALTER ROLE ward_serving NOINHERIT' FROM pg_roles WHERE rolname = 'ward_serving' AND rolinherit \\gexec
      SELECT 'GRANT ward_engine TO ward_serving' WHERE NOT pg_has_role('ward_serving', 'ward_engine', 'MEMBER') \\gexec

      SELECT 'CREATE DATABASE ward OWNER ward_owner'
       WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'ward') \\gexec
      SELECT 'REVOKE ALL ON DATABASE ward FROM PUBLIC' WHERE has_database_privilege('public', 'ward', 'CONNECT') \\gexec
      SELECT format('GRANT CONNECT ON DATABASE ward TO %I', rolname) FROM pg_roles
       WHERE rolname IN ('ward_owner', 'ward_serving') AND NOT has_database_privilege(rolname, 'ward', 'CONNECT') \\gexec

      """
    for (role, variable) in [(Credentials.owner, "owner_password"), (Credentials.serving, "serving_password")]
    where credentials.fresh.contains(role) {
      script += "ALTER ROLE \(role) PASSWORD :'\(variable)';\n"
    }
    script += """
      \\connect ward
      SELECT 'REVOKE CREATE ON SCHEMA public FROM PUBLIC' WHERE has_schema_privilege('public', 'public', 'CREATE') \\gexec

      """
    return script
  }
}
