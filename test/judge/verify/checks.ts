import {
  accepts,
  and,
  answers,
  changes,
  checkOrders,
  checkPackages,
  data,
  type Difference,
  given,
  isPost,
  isRead,
  isReport,
  repeated,
  was,
} from './difference'

const isCheck = isPost(checkOrders)
const isPackage = isRead(checkPackages)

export const checkDifferences: readonly Difference[] = [
  {
    what: 'a background check has no page',
    row: 'Orders and results of background checks',
    fails: ['checks-order'],
    mutate: changes(isCheck, (answered) => delete given(answered)['test_url']),
  },
  {
    what: 'a repeated background check is another one',
    row: 'Orders and results of background checks',
    fails: ['checks-repeat'],
    mutate: repeated(checkOrders),
  },
  {
    what: 'the remote id of the body is kept',
    row: 'The `remote_id` in the body',
    fails: ['checks-remote-id'],
    mutate: changes(isCheck, (answered) => (given(answered)['remote_id'] = 'verify-remote-id')),
  },
  {
    what: 'its result is answered without message',
    row: 'Orders and results of background checks',
    fails: ['checks-result'],
    mutate: changes(isReport(checkOrders), (answered) => delete given(answered)['message']),
  },
  {
    what: 'each kind has ids of its own',
    row: 'Both kinds of orders share',
    fails: ['checks-shared-ids'],
    mutate: accepts(and(isCheck, was(409))),
  },
  {
    what: 'a result is taken for either kind',
    row: 'Both kinds of orders share',
    fails: ['checks-other-kind'],
    mutate: accepts(and(isReport(checkOrders), was(404))),
  },
  {
    what: 'a new package is answered with 200',
    row: '`POST /packages` answers 201',
    fails: ['checks-create-package'],
    mutate: answers(200, and(isPost(checkPackages), was(201))),
  },
  {
    what: 'a package keeps its passthrough',
    row: 'Packages of background checks belong',
    fails: ['checks-keep-properties'],
    mutate: changes(isPackage, (answered) => (data(answered)['passthrough'] = {})),
  },
  {
    what: 'a changed package is answered without timestamp',
    row: '`PATCH` and `DELETE /packages/{id}`',
    fails: ['checks-update-package'],
    mutate: changes(isReport(checkPackages), (answered) => delete given(answered)['timestamp']),
  },
  {
    what: 'null does not clear a description',
    row: 'A change of a package',
    fails: ['checks-merge-package'],
    mutate: changes(isPackage, (answered) => (data(answered)['description'] = 'As before')),
  },
  {
    what: 'a deleted package is still there',
    row: '`PATCH` and `DELETE /packages/{id}`',
    fails: ['checks-delete-package'],
    mutate: accepts(
      and(isPackage, was(404), (asked) => !asked.path.includes('/verify-')),
      { data: {} },
    ),
  },
]
