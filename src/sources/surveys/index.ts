import { hasColumns } from '../recognise.ts'
import type { RecordSource } from '../room.ts'
import { read } from './read.ts'
import { derive } from './scores.ts'

/** Answers of customers about their satisfaction, as a survey tool exports them. */
export const surveys: RecordSource = {
  id: 'surveys',
  version: 1,
  store: 'records',
  gives: ['survey-responses', 'surveys'],
  grade: 'reported',
  order: 5,
  recognise: (file) => hasColumns(file, 'ResponseId', 'SurveyId', 'RecordedDate', 'NPS'),
  read,
  derive,
}
