-- Script for wrk: each request embeds the next line of the file in TEXTS. DELAY is the average pause of a connection between two
-- requests, in milliseconds. With it, the callers determine the rate of requests, and not the server.
local bodies = {}
local position = 0

function init(args)
  for line in io.lines(os.getenv("TEXTS")) do
    local text = line:gsub('[%c"\\]', " ")
    bodies[#bodies + 1] = '{"input":"' .. text .. '","encoding_format":"base64"}'
  end
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/json"
  pause = tonumber(os.getenv("DELAY") or "0")
  if pause > 0 then
    delay = function() return math.random(0, 2 * pause) end
  end
end

function request()
  position = position % #bodies + 1
  return wrk.format(nil, nil, nil, bodies[position])
end

function done(summary, latency, requests)
  io.write(string.format("RESULT %d %.1f %.1f %.1f %d %d\n", summary.requests, summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.errors.status,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
