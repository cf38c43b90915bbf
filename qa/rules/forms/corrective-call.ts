import type { Form } from '../form.ts';
import { check } from './build.ts';
import { fourCriteria } from './four-criteria.ts';

/** 整改回访, version 1: the four criteria again, and whether the fault of the first call was named and mended. */
export const correctiveCall: Form = {
  id: 'corrective-call',
  version: 1,
  title: { en: 'Corrective call', zh: '整改回访' },
  heard: 'recording',
  criteria: [
    ...fourCriteria,
    {
      id: 'fault-mended',
      title: { en: 'The fault was mended', zh: '问题已纠正' },
      fatal: true,
      weight: 1,
      checks: [
        check('fault-named', 'The customer was told what had been wrong or left out', '向客户说明了原通话中的问题', {
          'not-named': ['Not told', '未说明原问题'],
          'played-down': ['Played down', '淡化原问题'],
        }),
        check('free-to-withdraw', 'The customer was free to withdraw at no cost', '告知客户可免费取消', {
          'not-offered': ['Not offered', '未告知可取消'],
          pressed: ['Pressed to stay', '劝阻客户取消'],
        }),
      ],
    },
  ],
};
