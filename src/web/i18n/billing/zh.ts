import type { en } from './en.ts';

export const zh: typeof en = {
  intro: '生效、可计费、暂缓、作废、取消或延期的营销成功单，按委托方连续编号，不会以两个编号重复告知。',
  none: '还没有委托方的计费推送',
  noneHint: '第一个营销成功单有结果后开始。',
  entries: '条目',
  delivered: '对方已接收',
  endpoint: '接收地址（HTTPS）；留空则由委托方自取',
  file: '下载 CSV',
  secret: '更换密钥',
  renewTitle: (client: string) => `为${client}更换密钥？`,
  renewHint: '旧密钥立即作废：委托方系统换上新密钥之前会拒收推送内容，请先通知对方。',
  noEndpointTitle: (client: string) => `不再向${client}推送？`,
  noEndpointHint: '推送随即停止，数据照常记录，仍可由对方自行获取。',
  secretTitle: '新的密钥',
  secretHint: '只显示这一次。此后全部内容用它签名，旧密钥作废。',
  deliveries: '推送记录',
  noDeliveries: '没有推送记录',
  columns: {
    entries: '条目',
    state: '状态',
    tries: '次数',
    created: '生成时间',
    done: '接收／下次尝试',
    error: '最近错误',
  },
  states: { waiting: '等待', delivered: '已接收' },
};
