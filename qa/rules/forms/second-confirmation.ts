import type { Form } from '../form.ts';
import { check } from './build.ts';
import { fourCriteria } from './four-criteria.ts';

/** 二次确认, version 1: the four criteria again, and that billing and its date were understood. */
export const secondConfirmation: Form = {
  id: 'second-confirmation',
  version: 1,
  title: { en: 'Second confirmation', zh: '二次确认' },
  heard: 'recording',
  criteria: [
    ...fourCriteria,
    {
      id: 'billing-start',
      title: { en: 'Start of billing', zh: '开始计费告知' },
      fatal: true,
      weight: 1,
      checks: [
        check(
          'date-and-price',
          'The date and price of the first bill were stated',
          '告知开始计费日期与价格',
          {
            'date-missing': ['Date not stated', '未告知计费日期'],
            'price-missing': ['Price not stated', '未告知计费价格'],
            wrong: ['Stated wrongly', '日期或价格告知错误'],
          },
          { mayNotApply: true },
        ),
        check('answer-recorded', 'What the customer answered is what was recorded', '登记结果与客户答复一致', {
          'recorded-otherwise': ['Recorded otherwise than answered', '登记结果与客户答复不符'],
        }),
      ],
    },
  ],
};
