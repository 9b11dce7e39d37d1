import type { ClientRequest } from './client-run'

/** Whether the client wants newlines that keep the connection alive during a long call. */
export const asksForHeartbeat = ({ request }: ClientRequest): boolean =>
  /(^|,)\s*heartbeat\s*(,|$)/i.test(request.headers['prefer'] ?? '')
