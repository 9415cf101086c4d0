-- wrk: raises alerts, each in a room of its own, or they would be repeats of the first.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local run, number = os.time(), 0
function request()
  number = number + 1
  return wrk.format(nil, nil, nil,
    '{"roomNumber":"W' .. run .. "-" .. number .. '","alertType":"fall","urgencyLevel":3}')
end
