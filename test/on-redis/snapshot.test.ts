import { onRedis } from '../on-redis'

onRedis(() => require('../snapshot.test') as unknown)
