import type { en } from './en.ts';

export const zh: typeof en = {
  refused: '该地址无人应答：连接被拒绝。',
  'unknown-host': '无法识别地址中的域名。',
  unreachable: '无法到达该地址。',
  'no-answer': '在规定时间内没有应答。',
  broken: '连接中断。',
  certificate: '该地址的证书无效。',
  moved: (status) => `该地址转向了其他地址（${status}）。`,
  rights: (status) => `对方系统拒绝访问（${status}）：密钥或签名未被接受。`,
  gone: (status) => `该地址上没有接收程序（${status}）。`,
  busy: (status) => `对方系统要求稍后再试（${status}）。`,
  rejected: (status) => `对方系统拒收该消息（${status}）。`,
  failing: (status) => `对方系统自身出现故障（${status}）。`,
  'no-mail-server': '本服务器未设置邮件服务器。',
  other: '未能送达。',
  raw: '系统原文',
};
