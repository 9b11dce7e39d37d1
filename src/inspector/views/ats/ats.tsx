import { account } from '../../route'
import { AtsOf } from './ats-of'
import { ChooseAccount } from './choose-account'

/** The recruiter's side: the ATS of the selected account. */
export const Ats = () => (account.value === '' ? <ChooseAccount /> : <AtsOf key={account.value} of={account.value} />)
