/** A Lua script: what it does is done in one step, whoever else is there. */
export interface Script {
  readonly name: string
  readonly lua: string
}

/**
 * What every script can use. All keys begin with `p`, and stand in one slot of a cluster because of its braces, so that
 * a script may touch any of them. KEYS has one that is always there and one that never is: a node from which or to which
 * the slot is just being moved refuses the script then (TRYAGAIN), and does not run it on half of the keys. `changed` is called when faults, webhooks or the clock are.
 */
const prelude = `
local p = KEYS[1]
local call = redis.call
local function realTime()
  local time = call('time')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function changed()
  local version = call('incr', p .. 'version')
  call('publish', p .. 'version', version)
  return version
end
local function isStale(version)
  return call('get', p .. 'version') ~= version
end
`

/** A script that the server knows as `name`, which every script has for itself. */
export const script = (name: string, lua: string): Script => ({ name, lua: prelude + lua })
