/** The headers of a page that cannot be cached, indexed or framed. `policy` says what it may load, run and submit to. */
export const pageHeadersFor = (policy: string) =>
  ({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `${policy}; base-uri 'none'; frame-ancestors 'none'`,
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex, nofollow',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  }) as const
