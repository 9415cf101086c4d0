import Core
import Notifications
import Secrets
import Testing

@Suite struct ProviderTests {
  private let now = Timestamp(microseconds: 1_763_730_000_000_000)
  private let secrets = KeyRing(newest: "one", earlier: ["before"])

  private func message(to number: String = "+4915112345678") -> ProviderMessage {
    ProviderMessage(
      key: "k", to: number, title: "Ward", text: "Room 12", hospital: .example, delivery: .example,
      callback: "https://ward.example/callbacks/twilio/platform")
  }

  private func answer(_ status: Int, _ body: String) -> OutsideCalls.Answer {
    OutsideCalls.Answer(status: status, body: Array(body.utf8))
  }

  private func trouble(_ provider: ChannelProvider, _ answer: OutsideCalls.Answer) -> SendTrouble? {
    do throws(SendTrouble) {
      _ = try provider.messages?.receipt(answer)
      return nil
    } catch {
      return error
    }
  }

  @Test("159: a service's URL names its parts; what is missing or unsafe is said in a sentence without the secret")
  func providerURLs() throws {
    #expect(try ChannelProvider("twilio://SID:TOKEN@api.twilio.com?from=%2B4930").kind == .sms)
    #expect(try ChannelProvider("sns://K:S%2F%2B@eu-central-1").name == "sns")
    #expect(try ChannelProvider("https://:T@gateway.example/sms").name == "gateway")
    #expect(try ChannelProvider("expo://exp.host").kind == .push)
    #expect(try ChannelProvider("whatsapp://1:T@graph.facebook.com/v21.0?template=a").kind == .whatsapp)
    for wrong in [
      "", "twilio://", "twilio://SID@h?from=1", "twilio://SID:TOKEN@h", "http://:TOKEN@h.example/sms", "mailto:x",
      "sns://K:TOKEN@r?endpoint=http://h.example", "expo://h?x=1", "twilio://SID:TOKEN@h?from=1#x y",
    ] {
      #expect(throws: ChannelProvider.Mistake.self, "\(wrong)") { try ChannelProvider(wrong) }
      do { _ = try ChannelProvider(wrong) } catch { #expect(!error.text.contains("TOKEN@")) }
    }
  }

  @Test("159: malformed answers are asked about again, refusals are final, an unknown number gives way at once")
  func answersAreToldApart() throws {
    let twilio = try ChannelProvider("twilio://SID:T@localhost?from=1")
    #expect(trouble(twilio, answer(201, #"{"sid": "SM1", "status": "queued"}"#)) == nil)
    for rubbish in [
      "", "null", "[]", "{}", #"{"sid": 7}"#, #"{"sid": ""}"#, "\u{0}", "<html>", #"{"sid": "a", "sid": "b"}"#,
    ] {
      #expect(trouble(twilio, answer(200, rubbish))?.kind == .temporary, "\(rubbish)")
    }
    #expect(trouble(twilio, answer(400, #"{"code": 21211}"#))?.kind == .invalidDestination)
    #expect(trouble(twilio, answer(400, #"{"code": 21610}"#))?.reason == "number_refuses")
    #expect(trouble(twilio, answer(400, "{}"))?.kind == .final)
    #expect(trouble(twilio, answer(401, #"{"code": 20003}"#))?.kind == .final)
    for status in [408, 429, 500, 502, 503, 599] { #expect(trouble(twilio, answer(status, ""))?.kind == .temporary) }
    #expect(trouble(twilio, answer(302, ""))?.kind == .temporary)

    let sns = try ChannelProvider("sns://K:S@eu-central-1")
    let taken = "<PublishResponse><PublishResult><MessageId>m-1</MessageId></PublishResult></PublishResponse>"
    #expect(trouble(sns, answer(200, taken)) == nil)
    #expect(trouble(sns, answer(200, "<MessageId></MessageId>"))?.kind == .temporary)
    let unknown = "<Error><Code>InvalidParameter</Code><Message>Invalid parameter: PhoneNumber</Message></Error>"
    #expect(trouble(sns, answer(400, unknown))?.kind == .invalidDestination)
    #expect(trouble(sns, answer(400, "<Code>Throttling</Code>"))?.kind == .temporary)

    let whatsApp = try ChannelProvider("whatsapp://1:T@localhost?template=a")
    #expect(trouble(whatsApp, answer(200, #"{"messages": [{"id": "wamid.1"}]}"#)) == nil)
    #expect(trouble(whatsApp, answer(200, #"{"messages": []}"#))?.kind == .temporary)
    #expect(trouble(whatsApp, answer(400, #"{"error": {"code": 131026}}"#))?.kind == .invalidDestination)
    #expect(trouble(whatsApp, answer(400, #"{"error": {"code": 130429}}"#))?.kind == .temporary)
    #expect(trouble(whatsApp, answer(400, #"{"error": {"code": 132001}}"#))?.reason == "template_refused")
  }

  @Test("159: a request is signed by Signature Version 4 as botocore signs it")
  func signatureV4() {
    // Computed by botocore 1.44 for the same request.
    let signature = SignatureV4(
      accessKey: "AKIDEXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", region: "us-east-1",
      service: "sns", host: "sns.us-east-1.amazonaws.com",
      contentType: "application/x-www-form-urlencoded; charset=utf-8")
    let headers = signature.headers(for: Array("Action=Publish&Version=2010-03-31".utf8), at: now)
    #expect(headers["X-Amz-Date"] == "20251121T130000Z")
    #expect(
      headers["Authorization"]?.hasSuffix("Signature=be28ce242f968fae1d33a2d975c93a3d8dd0361d5c323947959be53a7d5f4cb6")
        == true)
  }

  @Test("159: a signature over time and body is good for five minutes, for its body and its secret")
  func signedBodies() {
    let body = Array("{}".utf8)
    let header = SignedBody.header(body, secret: "s", at: now)
    #expect(SignedBody.check(header, body: body, secret: "s", at: now) == .good)
    #expect(SignedBody.check(header, body: body, secret: "s", at: now.adding(seconds: 300)) == .good)
    #expect(SignedBody.check(header, body: body, secret: "s", at: now.adding(seconds: 301)) == .old)
    #expect(SignedBody.check(header, body: body, secret: "s", at: now.adding(seconds: -301)) == .old)
    #expect(SignedBody.check(header, body: body + [0], secret: "s", at: now) == .wrong)
    #expect(SignedBody.check(header, body: body, secret: "t", at: now) == .wrong)
    for wrong in [nil, "", "t=1", "v1=00", "t=x,v1=00", "t=99999999999999999999,v1=00", "t=-1,v1=00", "t=1,v1=0"] {
      #expect(SignedBody.check(wrong, body: body, secret: "s", at: now) == .wrong)
    }
  }

  @Test("159: a reply is a yes with or without four digits; anything else is none")
  func replies() {
    for (text, code) in [("ACK 0421", "0421"), ("ok, 1234!", "1234"), ("1234", "1234"), (" ja 9999 ", "9999")] {
      #expect(ReplyText(text)?.code == code)
    }
    for text in ["1", "ACK", "Ok.", "yes", "JA"] {
      #expect(ReplyText(text) != nil)
      #expect(ReplyText(text)?.code == nil)
    }
    for text in ["", "no", "stop", "ACK 12345", "ACK 1 2 3 4", "12 34", "yes please", "not ok", "２３４５", "0"] {
      #expect(ReplyText(text) == nil, "\(text)")
    }
  }

  @Test("159: a link says what was signed, by any key of the ring, and nothing that was changed")
  func links() {
    let link = AnswerLink(hospital: .example, alert: .new(at: now), person: .new(at: now), tier: 3, expiresAt: now)
    let token = link.token(secrets)
    #expect(token.utf8.count == 92)
    #expect(AnswerLink(token: token, secrets) == link)
    #expect(AnswerLink(token: link.token(KeyRing(newest: "before")), secrets) == link)
    #expect(AnswerLink(token: link.token(KeyRing(newest: "another")), secrets) == nil)
    let characters = Array(token)
    for index in characters.indices {
      var changed = characters
      changed[index] = changed[index] == "A" ? "B" : "A"
      #expect(AnswerLink(token: String(changed), secrets) == nil)
    }
    #expect(AnswerLink(token: "", secrets) == nil)
  }

  @Test("152: addresses of a machine, a house or a laboratory are no public ones, whatever they hide in")
  func addresses() {
    let within6: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0]
    let inside: [[UInt8]] = [
      [127, 0, 0, 1], [10, 1, 2, 3], [172, 16, 0, 1], [172, 31, 255, 255], [192, 168, 1, 1], [169, 254, 169, 254],
      [100, 64, 0, 1], [0, 0, 0, 0], [255, 255, 255, 255], [224, 0, 0, 1], [198, 18, 0, 1],
    ]
    for address in inside {
      #expect(!PublicAddress.includes(address))
      #expect(!PublicAddress.includes(within6 + address))
      #expect(!PublicAddress.includes(translated + address))
      #expect(!PublicAddress.includes([0x20, 0x02] + address + Array(repeating: 0, count: 10)))
    }
    for address: [UInt8] in [[8, 8, 8, 8], [172, 32, 0, 1], [100, 128, 0, 1], [192, 0, 3, 1]] {
      #expect(PublicAddress.includes(address))
      #expect(PublicAddress.includes(within6 + address))
    }
    func six(_ first: UInt8, _ second: UInt8) -> [UInt8] { [first, second] + Array(repeating: 0, count: 13) + [1] }
    #expect(PublicAddress.includes(six(0x26, 0x06)))
    for (first, second): (UInt8, UInt8) in [(0, 0), (0xFE, 0x80), (0xFC, 0), (0xFD, 0x12), (0xFF, 2), (0x20, 0x01)] {
      #expect(!PublicAddress.includes(six(first, second)))
    }
    #expect(!PublicAddress.includes([]) && !PublicAddress.includes([8, 8, 8]))
  }

  @Test("152: a breaker opens after five failures in a row, rests longer each time, and closes by one success")
  func breakers() {
    var breaker = Breaker()
    var pauses: [Int64] = []
    for _ in 0..<9 {
      breaker.begin()
      pauses.append(breaker.fail())
    }
    #expect(pauses == [1, 2, 4, 8, 30, 60, 120, 240, 300])
    #expect(breaker.state == .open)
    breaker.begin()
    #expect(breaker.state == .halfOpen)
    breaker.succeed()
    #expect(breaker == Breaker())
    for state in Breaker.State.allCases {
      for move in Breaker.Move.allCases where state == .open && move != .attempt {
        #expect(Breaker.next(state, move, failures: 9) == nil)
      }
    }
  }
}
