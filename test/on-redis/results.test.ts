import { onRedis } from '../on-redis'

onRedis(() => require('../results.test') as unknown)
