import Core

/// A prescription as it is printed: one page of HTML without scripts or anything from elsewhere.
struct PrescriptionPage: Sendable {
  let hospital: String
  let doctor: String
  let license: String?
  let patient: String
  let birth: String?
  let issued: Timestamp
  let status: String
  /// The prescription's content, as it is sealed.
  let content: JSONValue

  var html: String {
    let rows = (content["medications"]?.items ?? []).map { drug in
      let cells = ["name", "dosage", "frequency", "duration", "instructions"].map { name in
        "<td>\(Self.escaped(drug[name]?.text ?? ""))</td>"
      }
      return "<tr>\(cells.joined())</tr>"
    }
    let notice = status == "active" ? "" : "<p class=\"void\">\(Self.escaped(status.uppercased()))</p>"
    return """
      <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Prescription</title><style>\(Self.style)</style>
      </head><body><h1>\(Self.escaped(hospital))</h1>\(notice)
      <p>\(Self.escaped(doctor))\(license.map { ", licence \(Self.escaped($0))" } ?? "")</p>
      <p>For <b>\(Self.escaped(patient))</b>\(birth.map { ", born \(Self.escaped($0))" } ?? "")</p>
      <p>\(String(issued.rfc3339.prefix(10)))</p>
      <table><tr><th>Drug</th><th>Dosage</th><th>How often</th><th>How long</th><th></th></tr>\(rows.joined())</table>
      \(line("Instructions", "instructions"))\(line("Come again on", "followUpDate"))
      <p class="code">To verify: <b>\(Self.escaped(content["verificationCode"]?.text ?? ""))</b></p></body></html>
      """
  }

  private func line(_ title: String, _ field: String) -> String {
    guard let text = content[field]?.text else { return "" }
    return "<p>\(title): \(Self.escaped(text))</p>"
  }

  private static let style = """
    body{font:12pt serif;max-width:42em;margin:2em auto}table{border-collapse:collapse;width:100%}
    td,th{border:1px solid;padding:.3em;text-align:left}.void{border:3px solid;font-size:20pt;text-align:center}
    .code{font-family:monospace;margin-top:3em}
    """

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }
}
