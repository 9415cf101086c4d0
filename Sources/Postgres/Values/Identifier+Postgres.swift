package import Core

extension Identifier: PostgresEncodable, PostgresDecodable {}
