-- For wrk: post one body over and over; print what came of it as one line of JSON.
function init(args)
  local file = assert(io.open(args[1], "rb"))
  wrk.method = "POST"
  wrk.body = file:read("*a")
  wrk.headers["Content-Type"] = "application/json"
  file:close()
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status
    + errors.timeout
  io.write(string.format(
    '{"requests":%d,"seconds":%.6f,"failures":%d}\n',
    summary.requests, summary.duration / 1e6, failures))
end
