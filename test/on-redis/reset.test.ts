import { onRedis } from '../on-redis'

onRedis(() => require('../reset.test') as unknown)
