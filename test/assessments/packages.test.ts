import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { AssessmentPackageSchema } from '../../schemas/assessment-package'
import type { CataloguePackage } from '../../schemas/catalogue'
import { Page } from '../../schemas/envelope'
import { defaultCatalogue } from '../../src/assessments/catalogue'
import { listPackages } from '../../src/assessments/list-packages'
import { startSandbox } from '../../src/index'
import { buildSerializer } from '../../src/validation/compilers'
import { call, sandboxFor } from '../support/sandbox'

interface PackagePage {
  next: string | null
  data: { id: string; remote_id: string; name: string; description: string }[]
}

const list = async (url: string, query: string) => {
  const { status, body } = await call(url, 'GET', `/packages${query}`)
  return { status, message: body['message'], ...(body as unknown as PackagePage) }
}

t.test('a page has 25 of the 30 packages by default, and next leads to the rest', async (t) => {
  const { url } = await sandboxFor(t)
  const first = await call(url, 'GET', '/packages')
  t.equal(first.status, 200)
  t.strictSame(Object.keys(first.body), ['data', 'next'])
  const { data, next } = first.body as unknown as PackagePage
  t.equal(data.length, 25)
  for (const entry of data) t.strictSame(Object.keys(entry), ['id', 'remote_id', 'name', 'description'])

  const second = await list(url, `?next=${String(next)}`)
  t.equal(second.next, null)
  const ids = [...data, ...second.data].map(({ id }) => id)
  t.strictSame(ids, defaultCatalogue.map(({ id }) => id).sort())
})

t.test('pages of any size list every package once', async (t) => {
  const { url } = await sandboxFor(t)
  for (const size of [1, 7, 29, 30, 31, 100]) {
    const ids: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: PackagePage = await list(url, `?page_size=${String(size)}${next === '' ? '' : `&next=${next}`}`)
      ids.push(...page.data.map(({ id }) => id))
      next = page.next
    }
    t.equal(ids.length, 30, `page_size=${String(size)}`)
    t.equal(new Set(ids).size, 30)
  }
})

t.test('packages added between two pages cause no repeats or gaps', (t) => {
  const entry = (id: string): CataloguePackage => ({ id, updated_at: '2026-01-01T00:00:00.000Z' })
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 1, maxLength: 40 }),
      fc.array(fc.stringMatching(/^[a-z]{1,4}$/), { maxLength: 20 }),
      fc.integer({ min: 1, max: 10 }),
      (ids, added, size) => {
        const catalogue = ids.map(entry)
        const late = added.filter((id) => !ids.includes(id))
        const seen: string[] = []
        let next: string | null | undefined
        do {
          const page = listPackages(catalogue, { next, pageSize: String(size) })
          seen.push(...page.packages.map(({ id }) => id))
          next = page.next
          const insertion = late.pop()
          if (insertion !== undefined && !late.includes(insertion)) catalogue.push(entry(insertion))
        } while (next !== null)
        return new Set(seen).size === seen.length && ids.every((id) => seen.includes(id))
      },
    ),
  )
  t.pass('100 catalogues')
  t.end()
})

t.test('a wrong page size, page, cursor or date gets 400 naming the parameter', async (t) => {
  const { url } = await sandboxFor(t)
  for (const size of ['0', '101', '-1', 'ten', '1.5', '1e1', '']) {
    t.match(
      await list(url, `?page_size=${size}`),
      { status: 400, message: 'page_size must be a whole number from 1 to 100' },
      size,
    )
  }
  t.match(await list(url, '?page=0'), { status: 400, message: /^page must be/ })
  for (const cursor of ['', 'nonsense', Buffer.from('before:x').toString('base64url'), 'YWZ0ZXI6cGtnX!!']) {
    t.match(await list(url, `?next=${cursor}`), {
      status: 400,
      message: 'next must be a cursor from an earlier page',
    })
  }
  t.match(await list(url, '?updated_after=yesterday'), { status: 400, message: /^updated_after must be a date/ })
  t.match(await list(url, '?filter[updated_after]=2026-13-45'), {
    status: 400,
    message: /^updated_after must be a date/,
  })
  t.match(await list(url, '?raw=maybe'), { status: 400, message: 'query/raw must be boolean or null' })
})

t.test('the deprecated page parameter still works', async (t) => {
  const { url } = await sandboxFor(t)
  const second = await list(url, '?page=2&page_size=20')
  t.equal(second.data.length, 10)
  t.equal((await list(url, '?page=4&page_size=10')).data.length, 0)
})

t.test('updated_after filters by date, as filter[updated_after] and in its deprecated form', async (t) => {
  const { url } = await sandboxFor(t)
  const changed = defaultCatalogue.filter(({ updated_at }) => String(updated_at) > '2026-01-31T00:00:00.000Z').length
  t.ok(changed > 0 && changed < 30)
  for (const name of ['filter[updated_after]', 'updated_after']) {
    t.equal((await list(url, `?${name}=2026-01-31T00:00:00.000Z`)).data.length, changed)
    t.equal((await list(url, `?${name}=2026-01-31`)).data.length, changed)
    t.equal((await list(url, `?${name}=2026-01-31T00:00:00`)).data.length, changed)
    t.equal((await list(url, `?${name}=2026-01-31T02:00:00%2B02:00`)).data.length, changed)
    t.equal((await list(url, '?proxy[0]=1&proxy[7]=2')).status, 200)
    t.equal((await list(url, `?${name}=2026-02-30`)).status, 400)
    t.equal((await list(url, `?${name}=2030-01-01`)).data.length, 0)
  }
})

t.test('raw returns requests and responses of any shape unchanged', (t) => {
  const schema = Page(AssessmentPackageSchema, 'A page')
  const write = buildSerializer({}, {})({ schema, method: '', url: '', httpStatus: '' })
  for (const shown of ['text', '', '{"a":1}', { a: { b: [1, null] } }, {}, [1, 'x', { y: [2] }], [], null]) {
    const call = { method: 'POST', url: 'https://provider.example.com/v1/packages', body: shown, response: shown }
    const page = { next: null, data: [], raw: [call] }
    t.strictSame(JSON.parse(write(page)), page)
  }
  t.strictSame(JSON.parse(write({ next: null, data: [], raw: [{ method: 'GET', url: 'x' }] })), {
    next: null,
    data: [],
    raw: [{ method: 'GET', url: 'x' }],
  })
  t.end()
})

t.test('fields selects properties, raw adds a provider call, proxy is accepted', async (t) => {
  const { url } = await sandboxFor(t)
  const { body } = await call(
    url,
    'GET',
    '/packages/pkg_sql_queries?fields=id,%20name,nope&raw=true&proxy[tenant]=7&proxy[0]=1',
  )
  t.strictSame(body, {
    data: { id: 'pkg_sql_queries', name: 'SQL queries' },
    raw: [
      {
        method: 'GET',
        url: 'https://provider.example.com/v1/packages/prov-108',
        body: null,
        response: defaultCatalogue.find(({ id }) => id === 'pkg_sql_queries'),
      },
    ],
  })
  t.match(await list(url, '?fields=id&page_size=1'), { data: [{ id: 'pkg_attention_to_detail' }] })
})

t.test('an unknown package gets 404', async (t) => {
  const { url } = await sandboxFor(t)
  t.match(await call(url, 'GET', '/packages/pkg_nope'), {
    status: 404,
    body: { message: 'Package pkg_nope not found' },
  })
})

t.test('custom packages, from a list or a file, replace the catalogue', async (t) => {
  const own = [
    { id: 'own_1', name: 'Our test' },
    { id: 'own_2', updated_at: '2026-06-01T00:00:00Z' },
  ]
  const folder = t.testdir({ 'packages.json': JSON.stringify(own) })
  for (const packages of [own, join(folder, 'packages.json')]) {
    const { url } = await sandboxFor(t, { packages })
    t.strictSame((await list(url, '')).data, [{ id: 'own_1', name: 'Our test' }, { id: 'own_2' }])
    t.strictSame((await list(url, '?updated_after=2026-01-01')).data, [{ id: 'own_2' }])
    t.equal((await call(url, 'GET', '/packages/pkg_sql_queries')).status, 404)
    t.match((await call(url, 'GET', '/packages/own_1?raw=true')).body['raw'], [
      { url: 'https://provider.example.com/v1/packages/own_1' },
    ])
  }
})

t.test('a wrong catalogue is refused at start with the reason', async (t) => {
  const folder = t.testdir({ 'broken.json': '[{' })
  await t.rejects(
    startSandbox({ packages: join(folder, 'broken.json') }),
    /^packages must be a JSON file, but .* is not JSON/,
  )
  await t.rejects(
    startSandbox({ packages: join(folder, 'none.json') }),
    /^packages must be a JSON file, but there is no /,
  )
  await t.rejects(startSandbox({ packages: [{ id: 'a', name: 3 }] as never }), {
    name: 'TypeError',
    message: 'packages/0/name must be string or null.',
  })
  await t.rejects(startSandbox({ packages: [{ id: 'a' }, { id: 'a' }] }), /but a occurs twice/)
  await t.rejects(startSandbox({ packages: 3 } as never), /^packages must be a JSON file with a list/)
})
