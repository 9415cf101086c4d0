-- wrk: books appointments, each at a time of its own: 50 doctors, 40 quarters of an hour a day from 8 o'clock on.
-- Arguments: the first number, the first day as seconds since 1970.
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local number, first
function init(arguments)
  number, first = tonumber(arguments[1]), tonumber(arguments[2])
end
function request()
  local doctor, slot = number % 50, math.floor(number / 50)
  local start = first + math.floor(slot / 40) * 86400 + 8 * 3600 + slot % 40 * 900
  local body = string.format(
    '{"patientId":"00000000-0000-4000-a000-%012x","doctorId":"00000000-0000-4000-b000-%012x",'
      .. '"service":"general-consultation","startsAt":"%s"}',
    number % 1000, doctor, os.date("!%Y-%m-%dT%H:%M:%SZ", start))
  number = number + 1
  return wrk.format(nil, nil, nil, body)
end
