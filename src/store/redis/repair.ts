import { asidePrefix, families, type Key, keys, k } from './keys'
import { script } from './script'

/** Lua that checks the key which a Lua expression names. */
function look(expression: string, { kind, repaired }: Key): string {
  const from = repaired === undefined ? 'nil' : { above: 'now', zero: '0', away: 'nil' }[repaired]
  if (kind === 'count' || kind === 'counts') return `${kind}(${expression}, ${from})`
  return `check(${expression}, '${kind}')`
}

const looksAtAll = Object.entries<Key>(keys)
  // Checked below, where the configured ones are put back.
  .filter(([name]) => name !== 'webhooks')
  .map(([name, key]) => look(`'${name}'`, key))
  .join('\n')

const looksAt = (of: 'account' | 'lane') =>
  Object.values(families)
    .filter((family) => family.of === of)
    .map((family) => look(`'${family.begins}' .. ${of}`, family))
    .join('\n  ')

/**
 * Moves aside foreign values at keys where the sandbox keeps another type: each would break every call. Counts that
 * must not repeat continue from the time, which is above all that was counted before. Returns the keys.
 */
export const repair = script(
  'sandboxRepair',
  `local moved = {}
local now = realTime()
local function note(key) moved[#moved + 1] = key end
local function aside(key)
  call('rename', p .. key, p .. '${asidePrefix}' .. key)
  note(key)
end
local function check(key, kind)
  local actual = call('type', p .. key).ok
  if actual == 'none' then return false end
  if actual == kind then return true end
  aside(key)
  return false
end
local function isCount(text) return string.match(text, '^%-?%d+$') and #text <= 16 end
local function count(key, from)
  if call('exists', p .. key) == 0 then return end
  if check(key, 'string') then
    if isCount(call('get', p .. key)) then return end
    aside(key)
  end
  call('set', p .. key, from)
end
local function counts(key, from)
  if not check(key, 'hash') then return end
  local all = call('hgetall', p .. key)
  for i = 1, #all, 2 do
    if not isCount(all[i + 1]) then
      if from then call('hset', p .. key, all[i], from) else call('hdel', p .. key, all[i]) end
      note(key .. ' ' .. all[i])
    end
  end
end
${looksAtAll}
if call('exists', ${k.webhooks}) == 1 and not check('webhooks', 'hash') then
  local initial = call('hgetall', ${k.initial})
  for i = 1, #initial, 2 do call('hset', ${k.webhooks}, initial[i], initial[i + 1]) end
end
for _, index in ipairs({${k.accounts}, ${k.otherAccounts}}) do
  for _, account in ipairs(call('zrange', index, 0, -1)) do
    ${looksAt('account')}
  end
end
for _, lane in ipairs(call('hvals', ${k.lanes})) do
  ${looksAt('lane')}
end
if #moved > 0 then changed() end
return moved`,
)

/** Whether an error of Redis may come from such a value. */
export const isOfStranger = ({ message }: Error): boolean =>
  /^WRONGTYPE|is not an integer|is not a valid float|would overflow|attempt to |bad argument|arguments must be strings/.test(
    message,
  )
