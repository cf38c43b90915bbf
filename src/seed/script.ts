import type { ScriptBody } from '../contract/scripts.ts';

/** The approved script of the demonstration's product, in both languages. */
export const demoScript: ScriptBody = {
  steps: [
    {
      id: 'greeting',
      title: { en: 'Greeting', zh: '开场' },
      text: {
        en: 'Good day, this is {agent} calling for Northlight Mobile. This call is recorded for quality. Am I speaking with the person in charge of this line?',
        zh: '您好，我是北光移动的客户经理{agent}，为保证服务质量本次通话会录音。请问您是本机机主，或者是能做主的家人吗？',
      },
    },
    {
      id: 'permission',
      title: { en: 'Permission', zh: '征得同意' },
      text: {
        en: 'We have an offer for lines such as yours. May I take two minutes to explain it?',
        zh: '我们有一项适合您这条线路的优惠，占用您两分钟介绍一下可以吗？',
      },
    },
    {
      id: 'offer',
      title: { en: 'The offer', zh: '业务介绍' },
      text: {
        en: 'Cloud Guard keeps copies of your photos and contacts and blocks known fraud numbers. It works as soon as you open the app and sign in with this number.',
        zh: '“云守护”会备份您的照片和通讯录，并拦截已知的诈骗号码。打开手机应用，用本机号码登录就能使用。',
      },
    },
    {
      id: 'price',
      title: { en: 'Price and trial', zh: '资费与试用' },
      text: {
        en: 'The first 30 days are free. After that it costs 6 a month, charged with your bill. We will call you before the trial ends and ask you once more.',
        zh: '前30天免费试用，之后每月6元，随话费收取。试用结束前我们会再次来电向您确认。',
      },
    },
    {
      id: 'cancel',
      title: { en: 'Asking and cancelling', zh: '咨询与取消' },
      text: {
        en: 'Questions and cancelling are free of charge: in the app under “My services”, or by calling the service line at any time.',
        zh: '咨询和取消都不收费：可以在应用的“我的服务”里办理，也可以随时拨打客服热线。',
      },
    },
    {
      id: 'consent',
      title: { en: 'Consent', zh: '确认' },
      text: {
        en: 'Would you like to start the free trial of Cloud Guard? Please say “yes, I agree” or “no”.',
        zh: '您是否同意开通“云守护”免费试用？请您说“我同意”或者“不需要”。',
      },
    },
    {
      id: 'goodbye',
      title: { en: 'Close', zh: '结束' },
      text: {
        en: 'Thank you for your time. If you would rather not be called again, tell me now and we will not.',
        zh: '感谢您的接听。如果您不希望再接到此类来电，请现在告诉我，我们不会再打扰您。',
      },
    },
  ],
  mustSay: [
    { id: 'recorded', kind: 'recording', step: 'greeting', text: { en: 'The call is recorded', zh: '本次通话录音' } },
    {
      id: 'in-charge',
      kind: 'identity',
      step: 'greeting',
      text: { en: 'Asked for owner or decider', zh: '核实机主或能做主的家人' },
    },
    { id: 'functions', kind: 'function', step: 'offer', text: { en: 'Both functions named', zh: '说明两项功能' } },
    { id: 'how-to-use', kind: 'how-to-use', step: 'offer', text: { en: 'How to use it', zh: '使用方法' } },
    { id: 'tariff', kind: 'tariff', step: 'price', text: { en: '6 a month', zh: '每月6元' } },
    {
      id: 'trial-end',
      kind: 'trial-end',
      step: 'price',
      text: { en: '30 days free, then charged', zh: '30天免费，期满收费' },
    },
    { id: 'how-to-ask', kind: 'how-to-ask', step: 'cancel', text: { en: 'How to ask', zh: '如何咨询' } },
    { id: 'how-to-cancel', kind: 'how-to-cancel', step: 'cancel', text: { en: 'How to cancel', zh: '如何取消' } },
    {
      id: 'asked-consent',
      kind: 'consent',
      step: 'consent',
      text: { en: 'Asked for a spoken yes', zh: '询问明确同意' },
    },
  ],
};
