import type { RequestDetail as Detail } from '../../../schemas/control/requests'
import { read } from '../api'
import { Copy } from '../components/copy'
import { Facts, Headed } from '../components/headed'
import { Message } from '../components/message'
import { Moment } from '../components/moment'
import { Problem } from '../components/problem'
import { StatusCode } from '../components/status-code'
import { useRead } from '../components/use-read'
import { requestCurl } from '../curl'
import { linkTo } from '../route'
import { span } from '../time'
import { WhatLooksWrong } from './what-looks-wrong'
import { marksOf, WhyRefused } from './why-refused'

export function RequestDetail({ id }: { id: string }) {
  const { value, error } = useRead(id, () => read<Detail>(`requests/${encodeURIComponent(id)}`))
  if (error) return <Problem error={error} />
  if (value === null) return <p class="advice">Loading…</p>
  const { method, path, status, fault, operation, account, orderId, at, ms, warnings } = value
  return (
    <article>
      <header class="detail-head">
        <h2 class="path">
          {method || '—'} {path || 'not HTTP'}
        </h2>
        <StatusCode status={status} isWarned={warnings.length > 0} />
      </header>
      <WhyRefused request={value} />
      <WhatLooksWrong request={value} />
      <Facts
        of={[
          ['Received', <Moment key="at" at={at} isWhole />],
          ['Duration', span(ms)],
          ['Operation', operation],
          ['Account', account],
          [
            'Order',
            orderId !== null &&
              (account === null ? (
                orderId
              ) : (
                <a key="order" href={linkTo('orders', account, orderId)}>
                  {orderId}
                </a>
              )),
          ],
          ['Fault', fault && <a href={linkTo('faults')}>{fault}</a>],
        ]}
      />
      <Headed
        title="Request"
        aside={method === '' ? undefined : <Copy text={() => requestCurl(value)} label="Copy as curl" />}
      >
        <Message of={value.request} name="Request" marks={marksOf(value)} />
      </Headed>
      <Headed title="Response">
        <Message of={value.response} name="Response" />
      </Headed>
    </article>
  )
}
