-- wrk: signs people in by turns, bench0@demo.ward and on, each with the demo's password.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local number = 0
function request()
  number = number + 1
  return wrk.format(nil, nil, nil,
    '{"email":"bench' .. number % 50 .. '@demo.ward","password":"ward-demo-2026"}')
end
