import type { LookupAddress } from 'node:dns'
import { isIP } from 'node:net'
import { inspect } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { BlockedTarget, type CallbackTargets, checkTarget, type Resolve } from '../../src/deliveries/target-policy'

/** For checks that must not resolve a name: the error fails the test. */
const mustNotResolve: Resolve = (hostname) => Promise.reject(new Error(`${hostname} was resolved`))

const found = (address: string): LookupAddress => ({ address, family: isIP(address) })
const resolvesTo =
  (...addresses: string[]): Resolve =>
  () =>
    Promise.resolve(addresses.map(found))

/** Why a target is blocked, or `allowed`. */
async function verdict(address: string, targets: CallbackTargets, resolve = mustNotResolve): Promise<string> {
  try {
    await checkTarget(address, targets, resolve)
    return 'allowed'
  } catch (error) {
    if (error instanceof BlockedTarget) return error.message
    throw error
  }
}

const urlOf = (address: string) => `http://${address.includes(':') ? `[${address}]` : address}:3000/hook?key=1`

/** Ranges with sample addresses, edges included, and the strictest setting that allows them. */
const ranges: [range: string, allowedBy: 'private' | 'any' | 'never', addresses: string[]][] = [
  ['loopback', 'private', ['127.0.0.0', '127.0.0.1', '127.255.255.255', '::1']],
  ['RFC 1918', 'private', ['10.0.0.0', '10.255.255.255', '172.16.0.0', '172.31.255.255']],
  ['RFC 1918', 'private', ['192.168.0.0', '192.168.255.255']],
  ['unique-local', 'private', ['fc00::', 'fc00::1', 'fd12:3456::1', 'fdff:ffff::ffff']],
  ['IPv4-mapped private', 'private', ['::ffff:127.0.0.1', '::ffff:a00:1', '::ffff:192.168.1.2']],
  ['next to AWS, Google and Oracle metadata', 'private', ['fd00:ec1::254', 'fd20:ce::253', 'fd00:c1::a9fe:a9fd']],
  ['public', 'any', ['1.0.0.0', '8.8.8.8', '93.184.216.34', '223.255.255.255', '2606:4700::1111', '3ffe::1']],
  ['next to loopback and private', 'any', ['9.255.255.255', '11.0.0.0', '126.255.255.255', '128.0.0.0']],
  ['next to private', 'any', ['172.15.255.255', '172.32.0.0', '192.167.255.255', '192.169.0.0']],
  ['next to link-local and reserved', 'any', ['169.253.255.255', '169.255.0.0', '198.17.255.255', '198.20.0.0']],
  ['next to Azure metadata', 'any', ['168.63.129.15', '168.63.129.17']],
  ['carrier-grade NAT', 'any', ['100.64.0.0', '100.100.100.199', '100.100.100.201', '100.127.255.255']],
  ['next to carrier-grade NAT', 'any', ['100.63.255.255', '100.128.0.0']],
  ['IPv4-mapped public', 'any', ['::ffff:8.8.8.8', '::ffff:808:808']],
  ['NAT64 of a public address', 'any', ['64:ff9b::8.8.8.8', '64:ff9b::808:808']],
  ['NAT64 of a private address', 'any', ['64:ff9b::127.0.0.1', '64:ff9b::a00:1']],
  ['6to4 of a public address', 'any', ['2002:808:808::1', '2002:808:808:1:2:3:4:5']],
  ['6to4 of a private address', 'any', ['2002:7f00:1::1', '2002:a00:1::']],
  ['link-local', 'never', ['169.254.0.0', '169.254.1.1', '169.254.255.255', 'fe80::', 'fe80::1', 'febf:ffff::1']],
  ['metadata of AWS', 'never', ['169.254.169.254', '169.254.170.2', '169.254.170.23']],
  ['metadata of AWS', 'never', ['fd00:ec2::254', 'fd00:ec2::23', 'fd00:ec2:ffff::1']],
  ['metadata of Google', 'never', ['fd20:ce::254']],
  ['metadata of Alibaba', 'never', ['100.100.100.200', 'fd00:100::100:200']],
  ['metadata of Azure', 'never', ['168.63.129.16']],
  ['metadata of Oracle', 'never', ['192.0.0.192', 'fd00:c1::a9fe:a9fe']],
  ['metadata of Linode and Scaleway', 'never', ['fd00:a9fe:a9fe::1', 'fd00:42::42']],
  ['unspecified', 'never', ['0.0.0.0', '0.255.255.255', '::']],
  ['multicast', 'never', ['224.0.0.0', '239.255.255.255', 'ff00::', 'ff02::1', 'ffff::1']],
  ['broadcast', 'never', ['255.255.255.255']],
  ['documentation', 'never', ['192.0.2.1', '198.51.100.1', '203.0.113.7', '2001:db8::1', '3fff::1']],
  ['benchmarks', 'never', ['198.18.0.0', '198.19.255.255', '2001:2::1']],
  ['reserved', 'never', ['240.0.0.0', '255.255.255.254', '192.0.0.1', '192.88.99.1', '2001:1::1', '100::1']],
  ['special', 'never', ['192.175.48.1', '192.31.196.1', '192.52.193.1', '2620:4f:8000::1', '2001:20::1', '5f00::1']],
  ['not given out', 'never', ['1::1', '1fff::1', '4000::1', 'e000::1', 'fbff::1', 'fe00::1', 'fe7f::1', 'fec0::1']],
  ['Teredo', 'never', ['2001::1', '2001:0:808:808::1']],
  ['local NAT64', 'never', ['64:ff9b:1::', '64:ff9b:1::8.8.8.8', '64:ff9b:1:ffff::a00:1']],
  ['next to NAT64', 'never', ['64:ff9b::1:0:0', '64:ff9a::1']],
  ['IPv4-compatible', 'never', ['::2', '::7f00:1', '::127.0.0.1', '::10.0.0.1', '::8.8.8.8', '::ffff']],
  ['IPv4-translated', 'never', ['::ffff:0:127.0.0.1', '::ffff:0:808:808']],
  ['IPv4-mapped link-local', 'never', ['::ffff:169.254.169.254', '::ffff:a9fe:a9fe']],
  ['IPv4-mapped metadata', 'never', ['::ffff:100.100.100.200', '::ffff:168.63.129.16', '::ffff:192.0.0.192']],
  [
    'IPv4-mapped others',
    'never',
    ['::ffff:0.0.0.0', '::ffff:255.255.255.255', '::ffff:224.0.0.1', '::ffff:203.0.113.7'],
  ],
  ['NAT64 of metadata', 'never', ['64:ff9b::169.254.169.254', '64:ff9b::a83f:8110', '64:ff9b::6464:64c8']],
  ['NAT64 of others', 'never', ['64:ff9b::', '64:ff9b::ffff:ffff', '64:ff9b::e000:1', '64:ff9b::cb00:7107']],
  ['6to4 of metadata', 'never', ['2002:a9fe:a9fe::1', '2002:a83f:8110::1', '2002:6464:64c8::1']],
  ['6to4 of others', 'never', ['2002::1', '2002:ffff:ffff::1', '2002:e000:1::1', '2002:cb00:7107::1']],
]

for (const [range, allowedBy, addresses] of ranges) {
  const means = { private: 'allowed in every mode', any: 'blocked in private mode only', never: 'never allowed' }

  t.test(`${range} (${String(addresses[0])} …) is ${means[allowedBy]}`, async (t) => {
    const inPrivate = { private: /^allowed$/, any: /not a private address/, never: /never/ }[allowedBy]
    const otherwise = allowedBy === 'never' ? /never/ : /^allowed$/
    for (const address of addresses) {
      const url = urlOf(address)
      t.match(await verdict(url, 'private'), inPrivate, `${address}, private`)
      t.match(await verdict(url, 'any'), otherwise, `${address}, any`)
      t.match(await verdict(url, [address]), otherwise, `${address}, listed`)

      const name = 'http://hooks.example.com/'
      t.match(await verdict(name, 'private', resolvesTo(address)), inPrivate, `name of ${address}, private`)
      t.match(await verdict(name, 'any', resolvesTo(address)), otherwise, `name of ${address}, any`)
      t.match(await verdict(name, ['hooks.example.com'], resolvesTo(address)), otherwise, `name of ${address}, listed`)
    }
  })
}

t.test('none blocks every target without resolving its name', async (t) => {
  for (const address of ['http://127.0.0.1/', 'http://hooks.example.com/', 'http://169.254.169.254/', 'ftp://x', ''])
    t.match(await verdict(address, 'none'), /^SANDBOX_CALLBACK_TARGETS is none, .* set it to private/, address)
})

t.test('only http and https targets are allowed', async (t) => {
  for (const scheme of ['http', 'https', 'HTTPS'])
    t.equal(await verdict(`${scheme}://127.0.0.1/`, 'private'), 'allowed', scheme)
  const others = ['ftp://127.0.0.1/', 'ws://127.0.0.1/', 'file:///etc/passwd', 'javascript:1', 'data:,x', 'unix:/tmp/x']
  for (const address of [...others, 'localhost:3000/hook', 'mailto:mia@example.com'])
    for (const targets of ['private', 'any', ['127.0.0.1', 'localhost']] as const)
      t.match(await verdict(address, targets), /use http:\/\/ or https:\/\//, address)
})

t.test('a target that is not an absolute URL is blocked', async (t) => {
  const texts = [
    '',
    ' ',
    '/hook',
    '//127.0.0.1/hook',
    'hook',
    '127.0.0.1',
    'http://',
    'http://a b/',
    'http://[::1',
    '?',
  ]
  const numbers = ['http://1.2.3.256/', 'http://4294967296/', 'http://127.0.0.1:65536/', 'http://0x1ffffffff/']
  const zones = ['http://[fe80::1%25eth0]/', 'http://[::1%lo]/', 'http://[::1%251]/']
  for (const address of [...texts, ...numbers, ...zones, '\0', 'http://%00/'])
    for (const targets of ['private', 'any', ['127.0.0.1', '::1']] as const)
      t.match(await verdict(address, targets), /^The address is not a URL: write it in full/, inspect(address))
})

t.test('a URL with credentials is blocked, whatever its host', async (t) => {
  for (const credentials of ['mia:secret', 'mia', ':secret', '127.0.0.1:80', 'mia%40x:se%2Fcret'])
    for (const targets of ['private', 'any', ['127.0.0.1']] as const)
      t.equal(
        await verdict(`http://${credentials}@127.0.0.1/`, targets),
        'The address at 127.0.0.1 contains credentials: remove the part before the @.',
      )
})

t.test('errors never reveal credentials, path or query of a URL', async (t) => {
  const rest = '/secret-path?key=secret-query#secret-fragment'
  const cases: [address: string, targets: CallbackTargets, resolve?: Resolve][] = [
    [`http://127.0.0.1${rest}`, 'none'],
    [`http://secret-user:secret@127.0.0.1${rest}`, 'none'],
    [`http://secret-user:secret@127.0.0.1${rest}`, 'private'],
    [`http://secret-user:secret@127.0.0.1:x${rest}`, 'private'],
    [`ftp://secret-user:secret@127.0.0.1${rest}`, 'private'],
    [`secret-user:secret@127.0.0.1${rest}`, 'private'],
    [`/${rest}`, 'private'],
    [`http://8.8.8.8${rest}`, 'private'],
    [`http://169.254.169.254${rest}`, 'any'],
    [`http://127.0.0.1${rest}`, ['::1']],
    [`http://hooks.example.com${rest}`, 'private', resolvesTo('8.8.8.8')],
    [`http://hooks.example.com${rest}`, 'private', resolvesTo()],
  ]
  for (const [address, targets, resolve = mustNotResolve] of cases) {
    const error: unknown = await checkTarget(address, targets, resolve).catch((error: unknown) => error)
    t.type(error, Error)
    t.notMatch(inspect(error, { showHidden: true }), /secret/, address)
  }
})

t.test('each message says what to do', async (t) => {
  const never = 'deliveries never go there, whatever the setting.'
  const url = 'https://hooks.example.com:8443/x'
  t.equal(
    await verdict(url, 'private', resolvesTo('93.184.216.34')),
    'hooks.example.com is 93.184.216.34, which is not a private address: set SANDBOX_CALLBACK_TARGETS=hooks.example.com (or any) to allow it.',
  )
  t.equal(
    await verdict('http://93.184.216.34/', 'private'),
    '93.184.216.34 is not a private address: set SANDBOX_CALLBACK_TARGETS=93.184.216.34 (or any) to allow it.',
  )
  t.equal(
    await verdict('http://[2606:4700:0::1111]/', 'private'),
    '[2606:4700::1111] is not a private address: set SANDBOX_CALLBACK_TARGETS=[2606:4700::1111] (or any) to allow it.',
  )
  t.equal(
    await verdict(url, ['localhost']),
    'hooks.example.com is not in SANDBOX_CALLBACK_TARGETS: add it to allow it.',
  )
  t.equal(await verdict('http://169.254.169.254/', 'any'), `169.254.169.254 is in the range linkLocal: ${never}`)
  t.equal(
    await verdict(url, 'any', resolvesTo('168.63.129.16')),
    `hooks.example.com is 168.63.129.16, which is in the range cloudMetadata: ${never}`,
  )
})

t.test('the setting that a message suggests allows the target', async (t) => {
  for (const address of ['93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8', '100.64.0.1', '64:ff9b::a00:1'])
    for (const host of [
      new URL(urlOf(address)).hostname,
      'hooks.example.com',
      'hooks.example.com.',
      'bücher.example',
    ]) {
      const message = await verdict(`http://${host}/`, 'private', resolvesTo(address))
      const setting = /SANDBOX_CALLBACK_TARGETS=(\S+) /.exec(message)?.[1] ?? ''
      t.equal(await verdict(`http://${host}/`, [setting], resolvesTo(address)), 'allowed', message)
      t.equal(await verdict(`http://${host}/`, 'any', resolvesTo(address)), 'allowed', message)
    }
})

t.test('a message shows at most 255 characters of a host', async (t) => {
  const host = 'x'.repeat(100_000)
  const cut = 'x'.repeat(255)
  t.equal(await verdict(`http://${host}/`, ['x']), `${cut} is not in SANDBOX_CALLBACK_TARGETS: add it to allow it.`)
  t.match(await verdict(`http://mia:secret@${host}/`, 'any'), `at ${cut} contains`)
  const blocked = await verdict(`http://${host}/`, 'private', resolvesTo('8.8.8.8'))
  t.match(blocked, `${cut} is 8.8.8.8`)
  t.match(blocked, `=${cut} (or any)`)
  t.match(await verdict(`http://${host}/`, 'any', resolvesTo('0.0.0.0')), `${cut} is 0.0.0.0`)
})

t.test('a list allows its hosts in any spelling, and its names at any address', async (t) => {
  const allowed: [entry: string, host: string][] = [
    ['hooks.example.com', 'hooks.example.com'],
    ['HOOKS.example.COM', 'hooks.Example.com'],
    ['hooks.example.com', 'hooks.example.com.'],
    ['hooks.example.com.', 'hooks.example.com'],
    ['hooks.example.com.', 'hooks.example.com.'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'BÜCHER.example'],
    ['my_service', 'my_service'],
    ['127.0.0.1', '127.0.0.1'],
    ['127.0.0.1', '0x7f.1'],
    ['127.0.0.1', '127.0.0.1.'],
    ['2130706433', '127.0.0.1'],
    ['0177.1', '127.0.0.1'],
    ['::1', '[::1]'],
    ['[::1]', '[0:0:0:0:0:0:0:1]'],
    ['0:0::1', '[::1]'],
    ['FD00::A', '[fd00:0::a]'],
    ['::ffff:10.0.0.1', '[::ffff:a00:1]'],
    ['2606:4700::1111', '[2606:4700::1111]'],
    ['8.8.8.8', '8.8.8.8'],
  ]
  for (const [entry, host] of allowed)
    for (const address of ['127.0.0.1', '93.184.216.34', 'fd00::1', '2606:4700::1111'])
      t.equal(
        await verdict(`https://${host}/`, ['first.example', entry], resolvesTo(address)),
        'allowed',
        `${entry}, ${host}`,
      )
})

t.test('a list allows nothing else, and other names are not resolved', async (t) => {
  const blocked: [entry: string, host: string][] = [
    ['example.com', 'hooks.example.com'],
    ['hooks.example.com', 'example.com'],
    ['hooks.example.com', 'hooks.example.com.evil.example'],
    ['hooks.example.com', 'xhooks.example.com'],
    ['hooks.example.com', 'localhost'],
    ['hooks.example.com', '127.0.0.1'],
    ['127.0.0.1', 'localhost'],
    ['127.0.0.1', '127.0.0.2'],
    ['127.0.0.1', '[::ffff:127.0.0.1]'],
    ['127.0.0.1', '[::1]'],
    ['::1', '127.0.0.1'],
    ['*.example.com', 'hooks.example.com'],
    ['', 'localhost'],
    ['not a host', 'localhost'],
    ['127.0.0.1:3000', '127.0.0.1'],
    ['any', 'localhost'],
  ]
  for (const [entry, host] of blocked)
    t.match(
      await verdict(`http://${host}/`, [entry]),
      /is not in SANDBOX_CALLBACK_TARGETS: add it/,
      `${entry}, ${host}`,
    )
  t.match(await verdict('http://127.0.0.1/', []), /add it/)
})

t.test('SSRF: one forbidden address blocks the whole name', async (t) => {
  const url = 'http://hooks.example.com/'
  const [loopback, open, link] = ['127.0.0.1', '93.184.216.34', '169.254.169.254']
  const listed = ['hooks.example.com']
  const cases: [targets: CallbackTargets, addresses: string[], expected: RegExp][] = [
    ['private', [loopback, '::1', 'fd00::1', '10.0.0.1'], /^allowed$/],
    ['private', [loopback, open], /is 93\.184\.216\.34, which is not a private/],
    ['private', [open, loopback], /is 93\.184\.216\.34, which is not a private/],
    ['private', ['::1', loopback, link], /is 169\.254\.169\.254, .* never/],
    ['any', [loopback, open, '2606:4700::1111'], /^allowed$/],
    ['any', [open, open, link], /is 169\.254\.169\.254, .* never/],
    ['any', ['fe80::1', open], /is fe80::1, .* never/],
    [listed, [loopback, open], /^allowed$/],
    [listed, [open, '0.0.0.0', loopback], /is 0\.0\.0\.0, .* never/],
  ]
  for (const [targets, addresses, expected] of cases)
    t.match(await verdict(url, targets, resolvesTo(...addresses)), expected, `${String(targets)}: ${String(addresses)}`)
})

t.test('an allowed target has exactly the addresses that were checked', async (t) => {
  const addresses = [found('127.0.0.1'), found('::1')]
  const asked: string[] = []
  const target = await checkTarget('https://Hooks.Example.com:8443/a?b=c', 'private', async (hostname) => {
    asked.push(hostname)
    return addresses
  })
  t.equal(target.url.href, 'https://hooks.example.com:8443/a?b=c')
  t.strictSame(target.addresses, [found('127.0.0.1'), found('::1')])
  t.strictSame(asked, ['hooks.example.com'])
  addresses.push(found('169.254.169.254'))
  t.equal(target.addresses.length, 2)
})

t.test('an IP address in a URL is dialled without a lookup', async (t) => {
  const cases: [host: string, address: string, family: number][] = [
    ['127.0.0.1', '127.0.0.1', 4],
    ['127.0.0.1.', '127.0.0.1', 4],
    ['[::1]', '::1', 6],
    ['[FD00:0::1]', 'fd00::1', 6],
    ['[::ffff:127.0.0.1]', '::ffff:7f00:1', 6],
  ]
  for (const [host, address, family] of cases) {
    const target = await checkTarget(`http://${host}:3000/`, 'private', mustNotResolve)
    t.strictSame(target.addresses, [{ address, family }], host)
  }
})

t.test('every spelling of an IPv4 address is checked as that address', async (t) => {
  const loopback = [
    '2130706433',
    '0177.0.0.1',
    '0x7f.1',
    '0x7f000001',
    '017700000001',
    '127.1',
    '127.0.1',
    '１２７.0.0.1',
  ]
  for (const host of [...loopback, '0X7F.0.0.1', '%31%32%37.0.0.1', '127。0。0。1']) {
    const target = await checkTarget(`http://${host}/`, 'private', mustNotResolve)
    t.strictSame(target.addresses, [found('127.0.0.1')], host)
  }
  const metadata = [
    '2852039166',
    '0xa9fea9fe',
    '0251.0376.0251.0376',
    '025177524776',
    '0xa9.0xfe.0xa9.0xfe',
    '169.254.43518',
  ]
  for (const host of [...metadata, '169.254.169.254.', '①⑥⑨.254.169.254'])
    for (const targets of ['private', 'any', ['169.254.169.254', host]] as const)
      t.match(await verdict(`http://${host}/`, targets), /^169\.254\.169\.254 is .* never/, host)
  for (const host of ['0', '0x0', '1', '00000.0'])
    t.match(await verdict(`http://${host}/`, 'any'), /range unspecified: .* never/, host)
})

t.test('resolver errors pass through unchanged', async (t) => {
  for (const code of ['ENOTFOUND', 'EAI_AGAIN', 'ETIMEOUT']) {
    const error = Object.assign(new Error(code), { code })
    const rejected: unknown = await checkTarget('http://hooks.example.com/', 'private', () =>
      Promise.reject(error),
    ).catch((error: unknown) => error)
    t.equal(rejected, error)
  }
})

t.test('a name without addresses is not found', async (t) => {
  for (const targets of ['private', 'any', ['hooks.example.com']] as const)
    await t.rejects(checkTarget('http://hooks.example.com/', targets, resolvesTo()), {
      name: 'Error',
      code: 'ENOTFOUND',
      syscall: 'getaddrinfo',
      message: 'getaddrinfo ENOTFOUND hooks.example.com',
    })
})

t.test("a resolver's answer that is not a plain address is never dialled", async (t) => {
  for (const answer of [
    '',
    'localhost',
    '2130706433',
    '127.1',
    '0177.0.0.1',
    '[::1]',
    '::1%lo',
    'fe80::1%eth0',
    '127.0.0.1/8',
  ])
    for (const targets of ['private', 'any', ['hooks.example.com']] as const)
      t.match(
        await verdict('http://hooks.example.com/', targets, resolvesTo(answer)),
        /range invalid: .* never/,
        answer,
      )
})

t.test('a blocked target has its own class of error', async (t) => {
  await t.rejects(checkTarget('', 'private', mustNotResolve), { name: 'BlockedTarget' })
  t.type(new BlockedTarget('x'), Error)
})

t.test('private mode allows only loopback and RFC 1918, whatever the spelling of an IPv4 address', async () => {
  const at = (a: number, b: number, c: number, d: number) => ((a * 256 + b) * 256 + c) * 256 + d
  /** First and last private addresses, written out so as not to rely on the library under test. */
  const locals: [first: number, last: number][] = [
    [at(10, 0, 0, 0), at(10, 255, 255, 255)],
    [at(127, 0, 0, 0), at(127, 255, 255, 255)],
    [at(172, 16, 0, 0), at(172, 31, 255, 255)],
    [at(192, 168, 0, 0), at(192, 168, 255, 255)],
  ]
  const isLocal = (ip: number) => locals.some(([first, last]) => first <= ip && ip <= last)

  const bytes = (ip: number) => [ip >>> 24, (ip >>> 16) & 255, (ip >>> 8) & 255, ip & 255]
  const dotted = (ip: number) => bytes(ip).join('.')
  const groups = (ip: number) => `${(ip >>> 16).toString(16)}:${(ip & 0xffff).toString(16)}`
  const same: ((ip: number) => string)[] = [
    dotted,
    (ip) => `${dotted(ip)}.`,
    String,
    (ip) => `0${ip.toString(8)}`,
    (ip) => `0x${ip.toString(16)}`,
    (ip) =>
      bytes(ip)
        .map((byte) => `0${byte.toString(8)}`)
        .join('.'),
    (ip) =>
      bytes(ip)
        .map((byte) => `0x${byte.toString(16)}`)
        .join('.'),
    (ip) => `${String(ip >>> 24)}.${String(ip & 0xffffff)}`,
    (ip) => `[::ffff:${dotted(ip)}]`,
    (ip) => `[::ffff:${groups(ip)}]`,
    (ip) => `[0:0:0:0:0:FFFF:${groups(ip).toUpperCase()}]`,
  ]
  const other: ((ip: number) => string)[] = [
    (ip) => `[64:ff9b::${dotted(ip)}]`,
    (ip) => `[64:ff9b::${groups(ip)}]`,
    (ip) => `[64:ff9b:1::${groups(ip)}]`,
    (ip) => `[2002:${groups(ip)}::1]`,
    (ip) => `[2001:0:${groups(ip)}::1]`,
    (ip) => `[::ffff:0:${groups(ip)}]`,
  ]

  const anywhere = fc.nat({ max: 0xffffffff })
  const local = fc.constantFrom(...locals).chain(([first, last]) => fc.integer({ min: first, max: last }))
  const edge = fc.constantFrom(...locals.flatMap(([first, last]) => [first - 1, first, last, last + 1]))
  await fc.assert(
    fc.asyncProperty(fc.oneof(anywhere, local, edge), async (ip) => {
      for (const spell of same)
        if (((await verdict(`http://${spell(ip)}/`, 'private')) === 'allowed') !== isLocal(ip))
          throw new Error(`${spell(ip)} is misjudged`)
      for (const spell of other)
        if ((await verdict(`http://${spell(ip)}/`, 'private')) === 'allowed') throw new Error(`${spell(ip)} is allowed`)
      for (const address of [dotted(ip), `::ffff:${dotted(ip)}`, `::ffff:${groups(ip)}`])
        if (((await verdict('http://name/', 'private', resolvesTo(address))) === 'allowed') !== isLocal(ip))
          throw new Error(`a name of ${address} is misjudged`)
    }),
    { numRuns: 1000 },
  )
})
