import type { en } from './en.ts';

export const zh: typeof en = {
  title: '实时通话',
  intro: '每次监听都记入审计日志。',
  nobody: '目前没有坐席在岗。',
  agent: '坐席',
  state: '状态',
  campaign: '外呼任务',
  listenTo: (name) => `监听 ${name}`,
  listen: '监听',
  now: (name) => `您正在参与 ${name} 的通话`,
  states: { dialling: '您的电话正在振铃', joined: '您已进入通话', over: '已结束' },
  how: '参与方式',
  modes: { listen: '仅监听', whisper: '耳语坐席', barge: '三方通话', 'taken-over': '客户由您接待' },
  takeOver: '接管客户',
  takeOverSure: '坐席退出通话并填写小结，由您继续接待客户。',
  stop: '挂断',
  whose: '与客户通话的是：',
  voice: (name, part) => `${name}（${part}接听）`,
  parts: { agent: '转接后', supervisor: '上级接管后', guest: '外部' },
  unnamed: { agent: '另一名坐席', supervisor: '上级（接管）', guest: '外部号码' },
};
