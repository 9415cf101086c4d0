package import Consultations
import Configuration

/// At which service video visits take place.
package struct VideoSettings: Sendable {
  package var service: VideoSetting?

  init() {}

  init(_ config: ConfigReader, _ problems: inout [String]) {
    guard let text = config.string(forKey: "video.url", isSecret: true) else { return }
    do { service = try VideoSetting(text) } catch { problems.append("WARD_VIDEO_URL \(error.text).") }
  }
}
