import Testing

@testable import Identity

@Suite struct PasswordTests {
  let common = CommonPasswords("# a list\npassword\nDragon\nletmein\nqwertz\n")

  @Test(
    "29: a common word is found whatever is done to it that everybody does",
    arguments: [
      "password", "PASSWORD", "p4ssw0rd", "P@$$w0rd!", "password2026", "2026password!", "dragondragon", "drag0n!!",
      "letmeinletmeinletmein", "abcdefghijkl", "987654321098", "zyxwvutsrqpo", "aaaaaaaaaaaa", "abababababab", "1234",
    ])
  func found(_ password: String) { #expect(common.contains(password)) }

  @Test(
    "29: a long phrase that nobody else has is not taken for a common word",
    arguments: [
      "password of the red house", "dragonfly pond at noon", "tr4vel-lamp-vinegar", "abcdefghijkm", "zürichsee 17",
    ])
  func free(_ password: String) { #expect(!common.contains(password)) }

  @Test("33: of other systems' hashes only bcrypt of cost 10 to 16 is taken")
  func bcrypt() {
    let rest = String(repeating: "a", count: 53)
    for taken in ["$2a$10$", "$2b$12$", "$2y$16$"] { #expect(Bcrypt.takes(taken + rest)) }
    for refused in ["$2a$09$", "$2a$17$", "$2x$10$", "$1$10$", "$2a$1O$", "$2a$010$", "2a$10$", "$2a$10"] {
      #expect(!Bcrypt.takes(refused + rest), "\(refused)")
    }
    #expect(!Bcrypt.takes("$2a$10$" + rest.dropLast()))
    #expect(!Bcrypt.matches("a\u{0}b", "$2a$10$" + rest))
  }
}
