import type { Form } from '../form.ts';
import { check } from './build.ts';
import { conductCriteria } from './conduct.ts';

/** 质检巡查, version 1: what an inspector notes while listening to a live call. */
export const floorPatrol: Form = {
  id: 'floor-patrol',
  version: 1,
  title: { en: 'Floor patrol', zh: '质检巡查' },
  heard: 'live',
  criteria: [
    ...conductCriteria.filter(({ id }) => id !== 'records'),
    {
      id: 'at-the-desk',
      title: { en: 'At the desk', zh: '现场纪律' },
      fatal: false,
      weight: 20,
      checks: [
        check('script-open', 'Follows the approved script while speaking', '按核准脚本进行', {
          'off-script': ['Off script', '脱离脚本'],
          'ticked-unsaid': ['Ticked what was not said', '未说先勾选'],
        }),
        check(
          'state-true',
          'The state shown is the true one',
          '坐席状态真实',
          {
            'idle-hidden': ['Hid idle time behind another state', '以其他状态掩盖空闲'],
            'break-overrun': ['Break overrun', '超时小休'],
          },
          { mayNotApply: true },
        ),
      ],
    },
  ],
};
