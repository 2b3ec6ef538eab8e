-- wrk: several addresses in turn, each client pausing between requests so that all together ask RATE times a second.
--   wrk -s load.lua URL -- RATE CLIENTS COOKIE PATH...
local paths, pause, cookie = {}, 0, ""
local turn = 0

function init(arguments)
    local rate, clients = tonumber(arguments[1]), tonumber(arguments[2])
    pause = rate > 0 and math.floor(1000 * clients / rate) or 0
    cookie = arguments[3]
    for i = 4, #arguments do paths[#paths + 1] = arguments[i] end
    turn = math.random(0, #paths - 1)
end

function delay()
    -- Clients that began together must not ask together.
    return pause > 0 and math.random(math.floor(pause / 2), math.floor(3 * pause / 2)) or 0
end

function request()
    turn = turn % #paths + 1
    return wrk.format("GET", paths[turn], {["Cookie"] = cookie})
end

function done(summary, latency)
    io.write(string.format("requests: %d\nseconds: %.3f\np50: %.3f\np99: %.3f\nworst: %.3f\nfailures: %d\n",
        summary.requests, summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        latency.max / 1000, summary.errors.status + summary.errors.connect + summary.errors.read +
        summary.errors.write + summary.errors.timeout))
end
