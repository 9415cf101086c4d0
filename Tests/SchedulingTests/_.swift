// Nothing yet: SwiftPM asks for a file.
