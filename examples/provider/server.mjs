import { buildApp } from './app.mjs'

const {
  STACKONE_SERVER_URL: serverURL = 'http://127.0.0.1:4600',
  STACKONE_API_KEY: apiKey = 'sandbox',
  WEBHOOK_SECRET: webhookSecret = 'whsec_local',
  PACKAGES_KEY: packagesKey = 'packages_local',
  PORT: port = '3000',
  PUBLIC_URL: publicURL = `http://127.0.0.1:${port}`,
} = process.env

const app = buildApp(
  {
    serverURL,
    apiKey,
    webhookSecret,
    packagesKey,
    publicURL,
    // Your e-mails.
    invite: async (invitation) => app.log.info(invitation, 'invited a candidate'),
  },
  { logger: true },
)
await app.listen({ port: Number(port), host: '127.0.0.1' })
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => app.close())
