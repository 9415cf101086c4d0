import Foundation
import PackagePlugin

/// Puts the console, the migrations and the data into the binary, so that it runs away from the checkout.
@main
struct EmbedFiles: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let root = context.package.directoryURL
    let folders = ["Console", "Data", "Migrations"]
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedFiles.swift")
    return [
      .buildCommand(
        displayName: "Embedding the console and the migrations", executable: try context.tool(named: "embed-files").url,
        arguments: [output.path(), root.path()] + folders,
        inputFiles: folders.flatMap { files(under: root.appending(path: $0)) }, outputFiles: [output])
    ]
  }

  private func files(under folder: URL) -> [URL] {
    let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (all?.compactMap { $0 as? URL } ?? []).filter { !$0.hasDirectoryPath }.sorted { $0.path() < $1.path() }
  }
}
