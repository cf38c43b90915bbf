import type { en } from './en.ts';

export const zh: typeof en = {
  followUp: {
    title: '后续处理',
    corrective: '已安排整改回访。回访合格之前，该营销成功单无效；进展见营销成功单。',
    noSale: '没有需要整改的营销成功单。坐席可看到结果，并将被加严抽检。',
    toSale: '营销成功单与整改回访',
    note: {
      action: '填写辅导意见',
      hint: '与这条录音一起保存在质检巡查记录中，供辅导坐席的人查看。',
      label: '需要辅导哪些内容？',
    },
    coached: {
      action: '已完成辅导',
      hint: '计入坐席恢复正常抽检的条件。',
      label: '辅导了哪些内容？',
    },
    done: '已记录',
  },
};
