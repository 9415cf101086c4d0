import Foundation

// embed-files OUTPUT ROOT FOLDER…: writes the folders' files as base64 into one Swift source.
let arguments = CommandLine.arguments
guard arguments.count >= 4 else {
  FileHandle.standardError.write(Data("usage: embed-files OUTPUT ROOT FOLDER…\n".utf8))
  exit(2)
}
let root = URL(fileURLWithPath: arguments[2])
var source = "/// Made by embed-files; paths are relative to the checkout.\nenum EmbeddedFiles {\n"
source += "  static let files: [(path: String, base64: String)] = [\n"
for folder in arguments[3...] {
  let enumerator = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
  let names = (enumerator?.compactMap { $0 as? String } ?? []).sorted()
  for name in names {
    let url = root.appending(path: folder).appending(path: name)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path(), isDirectory: &isFolder), !isFolder.boolValue else {
      continue
    }
    source += "    (\"\(folder)/\(name)\", \"\(try Data(contentsOf: url).base64EncodedString())\"),\n"
  }
}
source += "  ]\n}\n"
try source.write(toFile: arguments[1], atomically: true, encoding: .utf8)
