// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let posix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let embedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let http1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let webSocket: Target.Dependency = .product(name: "NIOWebSocket", package: "swift-nio")
let tls: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let extras: Target.Dependency = .product(name: "NIOExtras", package: "swift-nio-extras")
let typesHTTP1: Target.Dependency = .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let subprocess: Target.Dependency = .product(name: "Subprocess", package: "swift-subprocess")
let system: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let jwt: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
let httpClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let certificates: Target.Dependency = .product(name: "X509", package: "swift-certificates")

/// A module of ours; it may import what DESIGN's table allows and no more.
func module(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
  name: "ward",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "ward", targets: ["ward"])],
  dependencies: [
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    // Without its traits it does not pull Foundation in.
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CMalloc"),
    .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
    .systemLibrary(name: "CCrypt", providers: [.apt(["libcrypt-dev"])]),
    .systemLibrary(name: "CRabbitMQ", pkgConfig: "librabbitmq", providers: [.apt(["librabbitmq-dev"])]),
    // Without pkg-config: its flags are not allowed in a package, and the header stands where the compiler looks.
    .systemLibrary(name: "CHiredis", providers: [.apt(["libhiredis-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

    // Without pkg-config: it names libraries that are not needed.
    .systemLibrary(name: "CIcal", providers: [.apt(["libical-dev"])]),

    module("Core", [nio]),
    module("Postgres", ["Core", "CLibpq", nio, logging, crypto]),
    module("Broker", ["Core", "CRabbitMQ", logging]),
    module("Cache", ["Core", "CHiredis", nio]),
    module("Telemetry", ["Core", logging, nio]),
    module("Cluster", [logging, subprocess, system]),
    module("Secrets", [crypto]),
    module("Operations", ["Core", "Postgres", "Cache", "Secrets", nio, logging, crypto]),
    module("Jobs", ["Operations", "Core", "Postgres", "Secrets", logging]),
    module("Identity", ["Operations", "Core", "Postgres", "Secrets", "CArgon2", "CCrypt", posix, crypto, jwt]),
    module("Tenancy", ["Identity", "Operations", "Core", "Postgres", "Secrets", nio, crypto]),
    module(
      "Notifications",
      [
        "Jobs", "Identity", "Tenancy", "Operations", "Core", "Postgres", "Secrets", "CCurl", nio, posix, crypto,
        logging, mustache,
      ]),
    module("Alerts", ["Notifications", "Jobs", "Tenancy", "Operations", "Core", "Postgres", nio, logging]),
    module("Patients", ["Identity", "Tenancy", "Operations", "Core", "Postgres", "Secrets", nio, logging]),
    module(
      "Scheduling",
      [
        "Notifications", "Jobs", "Patients", "Identity", "Tenancy", "Operations", "Core", "Postgres", "Secrets", nio,
        "CIcal", logging,
      ]),
    module(
      "Consultations",
      [
        "Scheduling", "Notifications", "Jobs", "Patients", "Identity", "Tenancy", "Operations", "Core", "Postgres",
        "Secrets", nio, crypto, jwt, logging,
      ]),
    module(
      "Billing",
      [
        "Notifications", "Jobs", "Patients", "Identity", "Tenancy", "Operations", "Core", "Postgres", "Secrets", nio,
        crypto, logging,
      ]),
    module("Realtime", ["Tenancy", "Operations", "Cache", "Core", "Postgres", nio, logging]),
    module(
      "Gateway",
      [
        "Operations", "Realtime", "Core", "Telemetry", "CZlib", crypto, nio, posix, http1, webSocket, tls, logging,
        hummingbird, hummingbirdCore, extras, typesHTTP1, httpTypes, lifecycle,
      ]),
    .target(
      name: "App",
      dependencies: [
        "Gateway", "Realtime", "Alerts", "Scheduling", "Consultations", "Billing", "Patients", "Notifications",
        "Tenancy", "Identity", "Jobs", "Operations",
        "Secrets", "Telemetry", "Cluster", "Broker", "Cache", "Postgres", "Core", "CMalloc", nio, posix, tls, httpTypes,
        httpClient,
        logging,
        configuration, lifecycle, signals, certificates, crypto,
      ], swiftSettings: strict, plugins: ["EmbedFiles"]),
    .plugin(name: "EmbedFiles", capability: .buildTool(), dependencies: ["embed-files"]),
    .executableTarget(name: "embed-files"),
    .executableTarget(name: "ward", dependencies: ["App", "Jobs", "Core", arguments], swiftSettings: strict),

    module("TestSupport", ["Postgres", "Core"]),
    tests("CoreTests", ["Core", nio]),
    tests("PostgresTests", ["Postgres", "TestSupport", "Core", nio]),
    tests("BrokerTests", ["Broker", "Core", logging]),
    tests("RealtimeTests", ["Realtime", "Operations", "Core", nio, posix, embedded]),
    tests(
      "GatewayTests",
      [
        "Gateway", "Realtime", "Core", nio, posix, embedded, http1, hummingbird, hummingbirdCore, httpTypes, lifecycle,
        logging,
      ]),
    tests("CacheTests", ["Cache", "Core", nio]),
    tests("SecretsTests", ["Secrets"]),
    tests("OperationsTests", ["Operations", "Core"]),
    tests("TenancyTests", ["Tenancy", "Operations", "Secrets", "Core"]),
    tests("IdentityTests", ["Identity", "Core"]),
    tests("JobsTests", ["Jobs", "Core"]),
    tests("NotificationsTests", ["Notifications", "Core", "Secrets"]),
    tests("AlertsTests", ["Alerts", "Core"]),
    tests("SchedulingTests", ["Scheduling", "Tenancy", "Operations", "Secrets", "Core"]),
    tests("ConsultationsTests", ["Consultations", "Core"]),
    tests("BillingTests", ["Billing", "Operations", "Core"]),
    tests("PatientsTests", ["Patients", "Secrets", "Core"]),
    tests("AppTests", ["App", "Core", httpTypes, httpClient]),
    tests("ClusterTests", ["Cluster", logging, subprocess, system]),
  ]
)
