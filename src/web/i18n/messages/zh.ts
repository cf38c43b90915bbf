import type { en } from './en.ts';

export const zh: typeof en = {
  summary: {
    subject: (name, from, to) => `周报已发布：${name}，${from} 至 ${to}`,
    published: (name) => `外呼任务“${name}”的周报已发布：`,
    listen: '请抽听几条录音并反馈，每条意见都会成为工单：',
  },
  case: {
    subject: (number) => `投诉已办结：${number}`,
    closed: (number, name) => `外呼任务“${name}”的投诉 ${number} 已办结，处理结果：`,
  },
};
