-- For wrk: post one body over and over, then print what came of it as one line of
-- JSON. Arguments: the file; the id in it to replace by another each time, if any.
local parts, serial = {}, 0

function init(args)
  local file = assert(io.open(args[1], "rb"))
  local body, id, from = file:read("*a"), args[2], 1
  file:close()
  while true do
    local first, last
    if id and id ~= "" then first, last = body:find(id, from, true) end
    table.insert(parts, body:sub(from, (first or 0) - 1))
    if not first then break end
    from = last + 1
  end
  math.randomseed(os.time())
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
end

function request()
  serial = serial + 1
  local id = string.format("%d-%012d", math.random(1e9), serial)
  return wrk.format(nil, nil, nil, table.concat(parts, id))
end

function done(summary, latency, requests)
  local errors = summary.errors
  local failures = errors.connect + errors.read + errors.write + errors.status
    + errors.timeout
  io.write(string.format(
    '{"requests":%d,"seconds":%.6f,"failures":%d}\n',
    summary.requests, summary.duration / 1e6, failures))
end
