/** Why customers refuse, as agents may choose it; the weekly summary counts what customers said by these. */
export const refusalReasons = [
  { code: 'no-need', label: { en: 'Does not need it', zh: '不需要' } },
  { code: 'too-expensive', label: { en: 'Too expensive', zh: '价格太高' } },
  { code: 'has-similar', label: { en: 'Has something like it', zh: '已有类似业务' } },
  { code: 'no-trust', label: { en: 'Does not trust the call', zh: '不信任来电' } },
  { code: 'bad-service', label: { en: 'Dissatisfied with the service', zh: '对服务不满' } },
  { code: 'no-time', label: { en: 'Has no time', zh: '没有时间' } },
  { code: 'other', label: { en: 'Other', zh: '其他' } },
] as const;
