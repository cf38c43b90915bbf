import type { en } from './en.ts';

export const zh: typeof en = {
  title: '电话',
  line: {
    idle: '电话已关闭',
    connecting: '电话连接中',
    ready: '电话就绪',
    'in-call': '电话已接通',
    lost: '电话中断，正在重连',
    refused: '此窗口没有电话',
  },
  muffled: '点击页面任意处开启声音',
  elsewhere: '通话接到您的座机或手机',
  none: '浏览器中没有电话',
  microphone: {
    unknown: '浏览器会询问是否允许本页使用麦克风。',
    granted: '麦克风可以使用。',
    denied: '浏览器拒绝使用麦克风，请在本页设置中允许后重新检查。',
    missing: '未找到麦克风，请插入耳机后重新检查。',
  },
  checkMicrophone: '检查麦克风',
  heard: '听到的声音',
  spoken: '麦克风音量',
  output: '扬声器',
  sandbox: '演示环境：客户是合成语音，您说的话不会被听到。',
};
