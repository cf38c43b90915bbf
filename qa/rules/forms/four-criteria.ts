import type { Criterion } from '../form.ts';
import { check } from './build.ts';

/** Q1 机主本人或能做主的家人. */
export const rightPerson: Criterion = {
  id: 'right-person',
  title: { en: 'Right person', zh: '机主本人或能做主的家人' },
  fatal: true,
  weight: 1,
  checks: [
    check(
      'owner-or-decider',
      'The line’s owner, or a family member who decides and has full civil capacity',
      '机主本人，或具有完全民事行为能力、能做主的家人',
      {
        'friend-or-neighbour': ['A friend, neighbour or other person outside the family', '朋友、邻居等非家庭成员'],
        'relative-outside-household': ['A relative who does not live in the household', '非同住亲属'],
        minor: ['A minor', '未成年人'],
        'cannot-decide': ['A family member who said they do not decide', '家人表示不能做主'],
        'role-not-established': ['Nobody asked who the person was', '未确认接听人身份关系'],
      },
    ),
    check('identity-checked', 'Identity was checked as the campaign asks', '按任务要求核实了身份', {
      'not-checked': ['Identity was not checked', '未核实身份'],
      'check-incomplete': ['Only part of the check was made', '身份核实不完整'],
      'check-failed-ignored': ['The check failed and the call went on to a sale', '核实不符仍继续办理'],
    }),
    check('agreed-to-hear', 'The person agreed to hear the offer', '客户同意听取介绍', {
      'not-asked': ['Was not asked', '未征得客户同意'],
      'went-on-after-no': ['The offer went on after the person declined to hear it', '客户拒听后仍继续介绍'],
    }),
  ],
};

/** Q2 完全明白业务内容. */
export const understood: Criterion = {
  id: 'understood',
  title: { en: 'Understood', zh: '完全明白业务内容' },
  fatal: true,
  weight: 1,
  checks: [
    check('clear-headed', 'The customer was clear-headed', '客户意识清醒', {
      intoxicated: ['Seemed drunk', '疑似醉酒'],
      'half-asleep': ['Half asleep', '半睡半醒'],
      'ill-or-distressed': ['Ill or in distress', '身体不适或情绪异常'],
    }),
    check('able-to-follow', 'The customer could follow: language, hearing, pace', '客户能够听懂（语言、听力、语速）', {
      'language-barrier': ['Language or dialect not understood', '语言或方言不通'],
      'hearing-or-line': ['Could not hear well: hearing, line or noise', '听力、线路或环境嘈杂致听不清'],
      'spoken-too-fast': ['Spoken too fast to follow', '语速过快无法听清'],
    }),
    check(
      'questions-answered',
      'The customer’s questions were answered rightly and doubts were cleared',
      '客户疑问得到正确解答',
      {
        'wrong-answer': ['A wrong answer was given', '解答错误'],
        'doubt-left': ['A doubt was passed over', '客户疑问未解答'],
        'mistook-product': ['The customer took it for something else', '客户误解业务内容'],
      },
      { mayNotApply: true },
    ),
  ],
};

/** Q3 严格遵照核准脚本. */
export const approvedScript: Criterion = {
  id: 'approved-script',
  title: { en: 'Approved script', zh: '严格遵照核准脚本' },
  fatal: true,
  weight: 1,
  checks: [
    check(
      'tariff',
      'The tariff was stated as approved',
      '按核准脚本告知资费',
      {
        missing: ['Tariff not stated', '未告知资费'],
        wrong: ['Tariff stated wrongly', '资费告知错误'],
        unclear: ['Tariff blurred or hurried', '资费告知含糊'],
      },
      { askedOf: 'sale' },
    ),
    check(
      'trial-end',
      'The end of the free trial was stated',
      '告知免费体验到期时间',
      {
        missing: ['End of trial not stated', '未告知体验到期时间'],
        wrong: ['End of trial stated wrongly', '体验到期时间告知错误'],
      },
      { askedOf: 'sale', mayNotApply: true },
    ),
    check(
      'ask-and-cancel',
      'How to ask and how to cancel was stated',
      '告知咨询与退订方式',
      {
        'ask-missing': ['How to ask not stated', '未告知咨询方式'],
        'cancel-missing': ['How to cancel not stated', '未告知退订方式'],
        wrong: ['Stated wrongly', '咨询或退订方式告知错误'],
      },
      { askedOf: 'sale' },
    ),
    check(
      'how-to-use',
      'How to use it was stated',
      '告知使用方法',
      { missing: ['Not stated', '未告知使用方法'], wrong: ['Stated wrongly', '使用方法告知错误'] },
      { askedOf: 'sale' },
    ),
    check(
      'all-functions',
      'All functions were stated',
      '完整介绍全部功能',
      {
        incomplete: ['A function was left out', '功能介绍不完整'],
        wrong: ['A function was stated wrongly', '功能介绍错误'],
      },
      { askedOf: 'sale' },
    ),
    check(
      'nothing-invented',
      'Nothing was promised, hidden or put under pressure beyond the script',
      '无脚本外承诺、隐瞒、诱导或强迫',
      {
        promise: ['A promise the script does not make', '超出脚本的承诺'],
        hidden: ['A condition was hidden', '隐瞒限制条件'],
        pressure: ['Pressure or a lure', '诱导或强迫办理'],
        'false-identity': ['Called in a false name', '虚假身份外呼'],
      },
    ),
  ],
};

/** Q4 明确确认; without a sale (Q4a): nothing was recorded as one, and a refusal was respected. */
export const explicitConsent: Criterion = {
  id: 'explicit-consent',
  title: { en: 'Explicit consent', zh: '客户明确确认' },
  fatal: true,
  weight: 1,
  checks: [
    check(
      'said-in-words',
      'The customer said in words that they accept',
      '客户口头明确表示同意办理',
      {
        silence: ['Silence was taken for consent', '客户未表态即视为同意'],
        vague: ['The answer was vague', '客户答复含糊'],
        'asked-to-think': ['The customer wanted to think about it', '客户表示再考虑'],
        refused: ['The customer had refused', '客户已拒绝仍办理'],
        'consent-made-up': ['The consent was made up', '伪造客户同意'],
      },
      { askedOf: 'sale' },
    ),
    check(
      'consent-to-this',
      'The consent was to this product, at this tariff',
      '同意的是本次所办理的业务及资费',
      {
        'other-product': ['To another product or tariff', '同意的是其他业务或资费'],
        'before-terms': ['Given before the terms were stated', '未告知内容前即确认'],
      },
      { askedOf: 'sale' },
    ),
    check(
      'not-recorded-as-sale',
      'Nothing was ordered or recorded as a sale',
      '未登记为营销成功，未开通任何业务',
      { 'ordered-anyway': ['Something was ordered all the same', '未同意却被开通'] },
      { askedOf: 'no-sale' },
    ),
    check(
      'refusal-respected',
      'A refusal was respected, and a wish not to be called was recorded',
      '尊重客户拒绝，免打扰要求已登记',
      {
        'kept-on': ['The agent kept on after a clear refusal', '客户明确拒绝后仍纠缠'],
        'opt-out-not-recorded': ['A wish not to be called was not recorded', '未登记免打扰要求'],
      },
      { askedOf: 'no-sale', mayNotApply: true },
    ),
  ],
};

/** The four criteria of a valid sale; the same judge sales, corrective calls and second confirmations. */
export const fourCriteria: readonly Criterion[] = [rightPerson, understood, approvedScript, explicitConsent];
