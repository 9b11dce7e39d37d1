import { onRedis } from '../on-redis'

onRedis(() => require('../control-deliveries.test') as unknown)
