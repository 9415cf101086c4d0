import Testing

@testable import App

@Suite struct DoctorTests {
  @Test("versions are compared by their first two numbers, whatever follows")
  func versions() {
    #expect(VersionNumber("3.10.8") == VersionNumber(3, 10))
    #expect(VersionNumber("15.13 (Debian 15.13-0+deb12u1)") == VersionNumber(15, 13))
    #expect(VersionNumber("16beta1") == VersionNumber(16))
    #expect(VersionNumber("3.9.29").map { $0 < VersionNumber(3, 10) } == true)
    for text in ["", "x", "99999999999999999999.1"] { #expect(VersionNumber(text) == nil, "\(text)") }
  }

  @Test("360: what is too old is not well, and a server that does not tell its version is")
  func judgement() {
    func state(_ version: String?) -> Finding.State {
      Doctor.judge("rabbitmq", "RabbitMQ", version, Doctor.oldestRabbit, "").state
    }
    #expect([state("3.10.0"), state("4.1.2"), state(nil), state("unknown")] == [.well, .well, .well, .well])
    #expect([state("3.9.29"), state("2.8.1")] == [.ill, .ill])
  }
}
