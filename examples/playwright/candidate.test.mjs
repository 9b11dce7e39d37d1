import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chromium } from 'playwright-core'
import { startSandbox } from 'stackone-assessments-sandbox'

test('a candidate takes the test', async () => {
  const sandbox = await startSandbox()
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  const { id, testUrl } = await sandbox.orders.create({ package: { id: 'pkg_sql_queries' } })

  const page = await browser.newPage()
  await page.goto(testUrl)
  await page.getByRole('button', { name: 'Start' }).click()
  for (const question of await page.getByRole('group').all()) await question.getByRole('radio').first().check()
  await page.getByRole('button', { name: 'Submit' }).click()
  await page.getByText('The assessment is finished').waitFor()

  assert.match((await sandbox.orders.get(id)).state, /passed|failed/)
  await browser.close()
  await sandbox.close()
})
