import type { en } from './en.ts';

export const zh: typeof en = {
  title: '后台任务',
  intro: '离开页面后任务继续运行，结果在此保留七天。',
  mark: (running) => `${running} 项进行中`,
  ended: (ended) => `${ended} 项已结束`,
  open: '查看',
  kinds: {
    'what-if': '人力测算',
    expectation: '启动预估',
    'contact-list': '名单导入',
    'external-list': '谢绝来电名单导入',
    week: '周报发布',
    'draw-check': '抽取复核',
    'audit-check': '审计日志校验',
  },
  states: { running: '进行中', done: '已完成', failed: '失败' },
  interrupted: '期间服务器曾重启，请重新启动该任务。',
  of: (done, total) => `已完成 ${done}，共 ${total}`,
  lines: (done) => `已读取 ${done} 行`,
  since: (time) => `开始于 ${time}`,
  at: (time) => `结束于 ${time}`,
  mayLeave: '可以离开此页，任务会继续运行，结果为您保留。',
  asked: (time) => `测算时间：${time}`,
  sending: (share) => `正在上传：${share}`,
  sent: '文件已上传，正在读取。可以关闭此窗口或离开页面。',
};
