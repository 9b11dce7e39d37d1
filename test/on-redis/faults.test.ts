import { onRedis } from '../on-redis'

onRedis(() => require('../faults.test') as unknown)
