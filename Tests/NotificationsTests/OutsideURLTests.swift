import Notifications
import Testing

@Suite struct OutsideURLTests {
  @Test("152: an address that is asked has a plain host and a port that there is; anything else is none")
  func hostsAndPorts() {
    for (text, host, port) in [
      ("https://hook.example", "hook.example", 443), ("HTTP://Hook.Example/x?y", "Hook.Example", 80),
      ("https://hook.example:65535/", "hook.example", 65535), ("http://[::1]:8080/x", "::1", 8080),
      ("https://user:pass%40word@hook.example:1/", "hook.example", 1), ("http://10.0.0.1", "10.0.0.1", 80),
    ] {
      let address = OutsideURL(text)
      #expect(address?.host == host, "\(text)")
      #expect(address?.port == port, "\(text)")
    }
    for wrong in [
      "", "https://", "https:///x", "hook.example", "ftp://hook.example", "https://hook.example:0/",
      "https://hook.example:65536", "https://hook.example:99999999999999999999/", "https://hook.example:/",
      "https://hook.example:8o/", "https://hook.example:-1/", "https://hook.example:+80/", "https://hook%2eexample/",
      "https://a%00b.example/", "https://hook example/", "https://[::1/", "https://[::1]x/",
      "https://h\u{FF}k.example/",
      "https://hook.example\\@other.example/", "https://hook.example\r\n/", "https://[::1%25lo]/",
    ] {
      #expect(OutsideURL(wrong) == nil, "\(wrong.debugDescription)")
    }
  }

  @Test("165: sections within sections are bounded, however they are written, so that the renderer's stack is")
  func nestedSections() throws {
    let values = ["a": "1"]
    func nested(_ depth: Int, _ sign: String = "#") -> String {
      String(repeating: "{{\(sign)a}}", count: depth) + "x" + String(repeating: "{{/a}}", count: depth)
    }
    #expect(try TemplateText(subject: nested(20), body: nested(20), html: nested(20)).filled(values).text == "x")
    // What looks like an end of a section in a comment, an unescaped value or behind other signs is none.
    func disguised(_ start: String, _ opening: String, _ closing: String) -> String {
      start + String(repeating: opening, count: 2000) + "x" + String(repeating: closing, count: 2000)
    }
    for text in [
      nested(21), nested(21, "^"), nested(5000), "{{/a}}" + nested(5000), nested(5000, " #"),
      disguised("", "{{#a}}{{!{{/a}}", "{{/a}}"), disguised("", "{{#a}}{{{/a}}}", "{{/a}}"),
      disguised("", "{{#a}}{{ /a}}", "{{/a}}"), disguised("{{=| |=}}", "|#a|", "|/a|"),
      disguised("{{= <% %> =}}", "<%#a%>", "<%/a%>"),
    ] {
      #expect(throws: TemplateProblem.self) { try TemplateText(subject: "", body: text).filled(values) }
      #expect(throws: TemplateProblem.self) { try TemplateText(subject: "", body: "", html: text).filled(values) }
    }
  }
}
