import Core

/// What can be added by hand; a doctor's resource is made when somebody books him.
package enum ThingKind: String, ChoicePrimitive { case room, equipment }

/// How many at once: 1 to 99.
package struct Capacity: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 1...99 }
}

/// How long one takes on average: 5 minutes to 8 hours.
package struct AverageMinutes: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 5...480 }
}

/// A fee in minor units of the hospital's currency: 0 to 5,000,000,000.
package struct FeeMinor: IntegerPrimitive {
  package let value: Int64
  package init(unchecked value: Int64) { self.value = value }
  package static var range: ClosedRange<Int64> { 0...5_000_000_000 }
}
