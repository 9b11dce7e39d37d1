import { onRedis } from '../on-redis'

onRedis(() => require('../webhooks-control.test') as unknown)
