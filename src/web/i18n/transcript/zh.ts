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
  phrases: {
    title: '关键短语',
    intro:
      '在转写文本中查找的短语，每行一条。机器发现只用于复核排序和在播放器上标记，不作任何判定。修改后形成本中心的新版本，待复核的录音会按新版本重新查找。',
    builtIn: '这些是产品自带的短语。',
    version: (version, by, at) => `第 ${version} 版，${by}，${at}`,
    languages: { zh: '用于中文转写', en: '用于英文转写' },
    kinds: {
      consent: '客户表示同意',
      refusal: '客户表示拒绝',
      unfit: '未成年或身体不适',
      identity: '坐席核实机主或能做主的家人',
      tariff: '坐席告知资费',
      cancel: '坐席告知取消方式',
    },
  },
};
