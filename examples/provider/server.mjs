import { buildApp } from './app.mjs'

const {
  STACKONE_SERVER_URL: serverURL = 'http://127.0.0.1:4600',
  STACKONE_API_KEY: apiKey = 'sandbox',
  WEBHOOK_SECRET: webhookSecret = 'whsec_local',
  PACKAGES_KEY: packagesKey = 'packages_local',
  PORT: port = '3000',
  PUBLIC_URL: publicURL = `http://127.0.0.1:${port}`,
  AUTOMATIC_CANDIDATES: automatic = 'off',
} = process.env

const app = buildApp(
  {
    serverURL,
    apiKey,
    webhookSecret,
    packagesKey,
    publicURL,
    invite: async (invitation) => {
      // Your e-mails.
      app.log.info(invitation, 'invited a candidate')
      // A test environment, where no person takes the test.
      if (automatic === 'on') setImmediate(takeTest, new URL(invitation.url).pathname)
    },
  },
  { logger: true },
)
/** @param {string} url */
const takeTest = (url) => app.inject({ method: 'POST', url, payload: { score: 80 } })

await app.listen({ port: Number(port), host: '127.0.0.1' })
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => app.close())
