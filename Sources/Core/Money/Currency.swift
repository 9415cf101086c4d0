/// A currency by its code of ISO 4217, with how many digits its minor unit has.
package struct Currency: Primitive, Hashable {
  package let code: String
  package init(unchecked code: String) { self.code = code }

  /// The codes in use; metals, funds and test codes are left out.
  package static let codes = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF \
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG \
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA \
    MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD \
    RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX \
    USD UYU UYW UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW
    """.split(separator: " ").map(String.init)
  private static let known = Set(codes)
  private static let withoutMinor: Set = [
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
  ]
  private static let thousandths: Set = ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"]

  /// How many digits follow the point: two but for those that ISO 4217 names.
  package var digits: Int {
    if Self.withoutMinor.contains(code) { return 0 }
    if Self.thousandths.contains(code) { return 3 }
    return code == "UYW" ? 4 : 2
  }

  /// How many minor units make one.
  package var minorPerUnit: Int64 {
    switch digits {
    case 0: 1
    case 3: 1000
    case 4: 10_000
    default: 100
    }
  }

  package static var schema: JSONSchema { .choice(codes) }
  package static var example: Currency { Currency(unchecked: "EUR") }
  package var json: JSONValue { .string(code) }

  package init(json: JSONValue) throws(InvalidValue) {
    guard case .string(let text) = json else { throw InvalidValue("must be a string, not \(json.kind)", rule: "type") }
    guard Self.known.contains(text) else {
      throw InvalidValue("must be a currency's code of ISO 4217, such as EUR", rule: "enum")
    }
    code = text
  }
}
