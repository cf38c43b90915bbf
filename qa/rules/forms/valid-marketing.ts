import type { Form } from '../form.ts';
import { fourCriteria } from './four-criteria.ts';

/** 有效营销, version 1: the form every sale is judged by. */
export const validMarketing: Form = {
  id: 'valid-marketing',
  version: 1,
  title: { en: 'Valid marketing', zh: '有效营销' },
  heard: 'recording',
  criteria: fourCriteria,
};
