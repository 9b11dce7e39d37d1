import { onRedis } from '../on-redis'

onRedis(() => require('../control-clock.test') as unknown)
