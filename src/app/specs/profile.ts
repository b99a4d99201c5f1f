/** What several calls give or take. */

export const PROFILE = {
  number: 'choice',
  name: 'name',
  form_of_address: 'choice',
  centre: 'choice',
  kota: 'choice',
  coach: 'choice',
  stage: 'choice',
  step: 'choice',
} as const

export const ANSWERS = {
  wants_job: 'choice',
  wants_start: 'choice',
  wants_grow: 'choice',
  primary_need: 'choice?',
  job_education: 'choice?',
  job_field: 'text?',
  job_training: 'choice?',
  start_field: 'choice?',
  start_tried: 'choice?',
  start_capital: 'rupiah?',
  start_block: 'choice?',
  grow_name: 'text?',
  grow_field: 'choice?',
  grow_since: 'choice?',
  grow_sales: 'choice?',
  grow_workers: 'choice?',
  grow_permits: 'choices?',
  grow_books: 'choice?',
  grow_need: 'choice?',
} as const
