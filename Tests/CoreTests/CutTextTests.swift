import Core
import Testing

@Suite struct CutTextTests {
  @Test("155: a text is cut by code points, as the database counts them, and no letter is torn")
  func cutting() {
    #expect("short".cut(to: 5) == "short")
    #expect("longer".cut(to: 5) == "longe")
    #expect("".cut(to: 0) == "")
    // Two code points each.
    #expect("कृकृकृ".cut(to: 5) == "कृकृ")
    let family = "👨‍👩‍👧‍👦"
    #expect((family + family).cut(to: 13) == family)
    #expect(family.cut(to: 3).unicodeScalars.count == 3)
    for most in 0...40 {
      #expect(String(repeating: "कृ\u{301}ée", count: 9).cut(to: most).unicodeScalars.count <= most)
    }
  }
}
