-- For wrk: every request creates one alert.
wrk.method = "POST"
wrk.body = '{"roomNumber":"4B","alertType":"fall","urgencyLevel":3}'
wrk.headers["Content-Type"] = "application/json"
