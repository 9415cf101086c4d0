import CLibpq
package import NIOCore

extension Rows {
  /// Appends `[{…},{…}]` in the shape's columns, whose SQL list the statement selected first.
  ///
  /// Only the first rows when told so. Throws `undecodable` when the rows have fewer columns than the shape.
  package func writeJSONArray(
    _ shape: RowShape, first: Int? = nil, into buffer: inout ByteBuffer
  ) throws(PostgresError) {
    try write(shape, rows: 0..<Swift.max(0, Swift.min(first ?? count, count)), isArray: true, into: &buffer)
  }

  /// Where the writer stands: a row and the next column in it.
  private struct Place {
    var row: Int
    var column = 0
  }

  fileprivate func write(
    _ shape: RowShape, rows: Range<Int>, isArray: Bool, into buffer: inout ByteBuffer
  ) throws(PostgresError) {
    guard shape.columns.count <= Int(columnCount), !shape.columns.isEmpty else {
      throw .undecodable(column: shape.columns.last?.name ?? "", type: "RowShape")
    }
    if isArray { buffer.writeInteger(UInt8(ascii: "[")) }
    var place = Place(row: rows.lowerBound)
    // libpq's memory for the rows, less its 16 bytes of book-keeping a cell, bounds the text of most cells.
    let cells = PQresultMemorySize(result) / Swift.max(1, count) - 16 * Int(columnCount)
    var room = rows.count * (shape.keys.count + 4 * shape.plan.count + Swift.max(0, cells)) + 64
    while place.row < rows.upperBound {
      buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: room) { memory in
        guard let start = memory.baseAddress else { return 0 }
        var writer = CellWriter(memory, start: start)
        fill(&writer, shape, from: &place, rows: rows)
        return start.distance(to: writer.target)
      }
      room = needed(shape, at: place)
    }
    if isArray { buffer.writeInteger(UInt8(ascii: "]")) }
  }

  /// Writes cells until the rows or the room end.
  private func fill(_ writer: inout CellWriter, _ shape: RowShape, from place: inout Place, rows: Range<Int>) {
    shape.plan.withUnsafeBufferPointer { plan in
      shape.keys.withUnsafeBytes { block in
        guard let keys = block.baseAddress else { return }
        while place.row < rows.upperBound {
          let row = Int32(truncatingIfNeeded: place.row)
          while place.column < plan.count {
            let column = plan[place.column]
            let key = keys + column.keyStart
            let opening: CellWriter.Opening =
              place.column > 0 ? .member : place.row > rows.lowerBound ? .nextObject : .object
            let value = cell(row, Int32(truncatingIfNeeded: place.column))
            let closes = place.column == plan.count - 1
            guard
              writer.member(
                opening, key: key, keyCount: column.keyCount, value, column.kind, closes: closes)
            else { return }
            place.column += 1
          }
          place = Place(row: place.row + 1)
        }
      }
    }
  }

  /// Room for the cell that did not fit, every byte of it escaped.
  private func needed(_ shape: RowShape, at place: Place) -> Int {
    guard place.row < count, place.column < shape.columns.count else { return 0 }
    let value = cell(Int32(truncatingIfNeeded: place.row), Int32(truncatingIfNeeded: place.column))
    return shape.plan[place.column].keyCount + 6 * (value?.count ?? 4) + 32
  }

  private func cell(_ row: Int32, _ column: Int32) -> UnsafeRawBufferPointer? {
    let length = Int(PQgetlength(result, row, column))
    if length == 0, PQgetisnull(result, row, column) == 1 { return nil }
    return UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: length)
  }
}

extension Row {
  /// Appends `{…}` in the shape's columns.
  package func writeJSON(_ shape: RowShape, into buffer: inout ByteBuffer) throws(PostgresError) {
    guard index >= 0, index < rows.count else { throw .undecodable(column: "\(index)", type: "RowShape") }
    try rows.write(shape, rows: index..<index + 1, isArray: false, into: &buffer)
  }
}
