import type { en } from './en.ts';

export const zh: typeof en = {
  title: '快捷键',
  hint: '点击“修改”后按下新的按键，设置保存在本浏览器。',
  change: '修改',
  press: '请按键…',
  reset: '恢复默认',
  taken: (action) => `已用于“${action}”`,
  single: '单个字母和数字键仅在文本框之外有效。',
};
