import type { en } from './en.ts';

export const zh: typeof en = {
  title: '往来短信',
  kinds: { terms: '条款短信', notice: '开通通知' },
  reply: '客户回复',
  states: {
    intended: '未发送',
    sending: '发送中',
    uncertain: '核实中',
    accepted: '运营商已接收',
    sent: '已发出',
    delivered: '已送达',
    failed: '失败',
  },
  readings: { yes: '同意', no: '不同意', 'opt-out': '谢绝来电', unclear: '不明确' },
  waitsUntil: (time) => `等待客户可联系时段：${time}`,
  failures: {
    'outside-hours': '客户可联系时段开始得太晚。',
    'too-late': '已过有效时间。',
    'on-blacklist': '号码在黑名单中。',
    'too-long': '超过运营商允许的长度。',
    'carrier-busy': '运营商多次繁忙。',
    'demo-only-on-sandbox': '演示短信只发往模拟线路。',
    undelivered: '运营商未能送达。',
  },
  wordings: '两步确认短信',
  wordingsHint:
    '占位符会自动填写：{caller} 委托方，{product} 产品，{tariff} 资费，{days} 免费体验天数。短信只在客户可联系时段发送。',
  terms: '条款短信（口头同意之后）',
  notice: '通知短信（开通之后）',
  sender: '发送号码（E.164）；留空则用外呼号码',
  replyWithinDays: '等待回复的工作日',
  yes: '表示同意的词',
  no: '表示不同意的词',
  optOut: '表示谢绝来电的词',
  wordsHint: '以逗号分隔。回复须整句相符；同一个词只能属于一类。',
  example: '客户看到的内容',
};
