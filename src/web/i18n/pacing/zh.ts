import type { en } from './en.ts';

export const zh: typeof en = {
  title: '拨号校准：预测与实际',
  intro:
    '每次外呼之前，系统先估算“客户接听却无坐席可接”的概率。这里对照实际结果：校准良好的一行，实际无人可接的次数与预期相当。',
  campaign: '外呼任务',
  days: '最近天数',
  daysUnit: '天',
  none: '还没有被接听的预测呼叫',
  noneHint: '任务以预测式拨号后，这里会出现数据。',
  noCampaign: '还没有外呼任务',
  columns: {
    foretold: '预测概率',
    calls: '客户接听数',
    expected: '预期无人可接',
    counted: '实际无人可接',
    share: '实际占比',
    likely: '正常范围',
  },
  upTo: (share) => `不超过 ${share}`,
  between: (low, high) => `${low} 至 ${high}`,
  calls: (low, high) => `${low} 至 ${high}`,
  all: '合计',
  verdict: {
    few: '接听数太少，尚不能判断。',
    fits: '实际与预测相符。',
    more: '无人可接多于预测。系统已学到这一系数并予以修正。',
    fewer: '无人可接少于预测：系统比必要的更谨慎。',
  },
  reaction: (decisions, middle, late) =>
    `从坐席空闲或通话结束到再次外呼：一半在 ${middle} 毫秒内，95% 在 ${late} 毫秒内（共 ${decisions} 次决策，按系统时钟）。`,
};
