import { Described, Nullable, Text, UnifiedValue } from '../builders'

/** Kinds of compensation; a closed list. */
export const compensationTypes = [
  'salary',
  'hourly',
  'commission',
  'bonus',
  'equity',
  'other',
  'unmapped_value',
] as const

/** The period that an amount is for; a closed list. */
export const payPeriods = [
  'hour',
  'day',
  'week',
  'every_two_weeks',
  'month',
  'twice_a_month',
  'every_two_months',
  'quarter',
  'every_six_months',
  'year',
  'one_off',
  'none',
  'unmapped_value',
] as const

/** How often it is paid; a closed list. */
export const payFrequencies = [
  'hourly',
  'weekly',
  'bi_weekly',
  'four_weekly',
  'semi_monthly',
  'monthly',
  'bi_monthly',
  'quarterly',
  'semi_annually',
  'yearly',
  'thirteen_monthly',
  'pro_rata',
  'unmapped_value',
  'half_yearly',
  'daily',
] as const

/** What a job posting offers. Amounts are strings. */
export const CompensationSchema = Described('What the job pays', {
  title: Text('Name of the offer', 'Base salary'),
  type: Nullable(UnifiedValue('kind of compensation', compensationTypes, 'salary', 'Fixed salary')),
  pay_period: Nullable(UnifiedValue('period that the amount is for', payPeriods, 'month', 'per month')),
  pay_frequency: Nullable(UnifiedValue('frequency of payment', payFrequencies, 'monthly', 'Every month')),
  currency: Text('Currency of the amount', 'SEK'),
  value: Text('The amount', '52000'),
  min_value_range: Text('Lowest amount', '48000'),
  max_value_range: Text('Highest amount', '56000'),
})
