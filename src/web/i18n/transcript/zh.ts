import type { en } from './en.ts';

export const zh: typeof en = {
  title: '转写文本',
  none: '此录音没有转写文本。',
  expected: '此录音尚无转写文本。语音转写引擎会转写待质检的录音。',
  noEngine: '尚未接入语音转写引擎。',
  by: (engine, version, language) => `引擎 ${engine} ${version} · ${language}`,
  sandbox: '并非识别所得：模拟线路的声音没有词语。此文本根据模拟坐席对该通话的记录写成。',
  otherSound: '转写所依据的声音与现存录音不一致。',
  superseded: (count) => `取代此前的 ${count} 份转写文本。`,
  empty: '引擎未听到任何词语。',
  words: '按说话人列出的通话内容。选择一行可跳到该秒；用方向键在各行间移动。',
  doubted: '听不清',
  findings: '机器发现',
  decidesNothing: '仅提示从何处听起，不作任何判定。',
  nothingFound: '未发现问题。',
  heardAt: (finding, clock, words) => `${finding}，见 ${clock}：“${words}”`,
  notHeard: (finding) => `${finding}（整通电话）`,
  notKnown: (findings, why) => `无法判断（${why}）：${findings}`,
  why: {
    'other-language': '没有该语言的关键短语',
    'ends-early': '转写在通话结束前中断',
    silence: '该侧未听到任何词语',
    'heard-badly': '该侧听不清的部分过多',
  },
};
