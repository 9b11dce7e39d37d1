import { onRedis } from '../on-redis'

onRedis(() => require('../rate-limit.test') as unknown)
