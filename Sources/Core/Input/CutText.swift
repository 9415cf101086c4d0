extension String {
  /// Its beginning, of at most so many code points: what the database counts as the length of a text. A letter of many
  /// scripts is several of them; none is torn from its marks.
  package func cut(to most: Int) -> String {
    guard utf8.count > most, unicodeScalars.count > most else { return self }
    let end = unicodeScalars.index(startIndex, offsetBy: most)
    var place = index(startIndex, offsetBy: 0)
    while place < endIndex {
      let next = index(after: place)
      guard next <= end else { break }
      place = next
    }
    // One letter may be longer than all the room there is.
    return place > startIndex ? String(self[..<place]) : String(unicodeScalars[..<end])
  }
}
