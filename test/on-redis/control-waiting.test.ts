import { onRedis } from '../on-redis'

onRedis(() => require('../control-waiting.test') as unknown)
