// swift-tools-version: 6.2
import PackageDescription

// The load of the socket benchmarks. No dependencies: it builds in seconds and costs little beside what it measures.
let package = Package(
  name: "load",
  targets: [
    .systemLibrary(name: "CLinux"),
    .executableTarget(name: "load", dependencies: ["CLinux"], swiftSettings: [.swiftLanguageMode(.v6)]),
  ]
)
