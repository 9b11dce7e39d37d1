import { onRedis } from '../on-redis'

onRedis(() => require('../live.test') as unknown)
