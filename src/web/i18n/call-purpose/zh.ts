import type { en } from './en.ts';

export const zh: typeof en = {
  title: '本次通话的目的',
  kinds: {
    corrective:
      '此前的营销未达到四项标准。请与机主本人或能做主的家人通话，确认对方能够完全明白，把必说内容全部说明，并请客户明确表示同意。本次通话合格后，该营销才有效。不得推销其他业务。',
    verification: '该营销有标准存疑。请逐项询问，直至确认四项标准均满足；仍有疑问的，该营销作废。不得推销其他业务。',
    confirmation:
      '免费体验即将到期。请说明到期后的资费和取消方法，并询问客户是否继续使用。客户明确同意后才开始计费，不同意则取消；客户想再考虑的，请告知取消的方法和电话。',
    'return-call': '工单已有答复。请确认客户已知道答复和处理措施，并询问客户对答复是否满意。本次通话不推销任何业务。',
  },
  answer: '答复',
  noAnswer: '工单中没有写明答复。请询问客户还有哪些问题并记录。',
  mended: '处理措施',
  words: {
    complaint: '投诉内容',
    problem: '客户反映的问题',
    question: '客户的疑问',
    suggestion: '客户的建议',
    'client-remark': '委托方意见',
    'service-visit': '上门服务事由',
  },
  showScript: '查看营销脚本',
  hideScript: '收起营销脚本',
};
