/** What speech engines write, in the forms they write it. */
import { describe, expect, it } from 'vitest';
import { readCaptions } from '../../../qa/rules/transcript/captions.ts';
import { commandFault, commandWords, filled } from '../../../qa/rules/transcript/command-line.ts';

const one = (startMs: number, endMs: number, text: string, confidence: number | null = null) => ({
  startMs,
  endMs,
  text,
  confidence,
});

describe('the output of an engine', () => {
  it.each<[string, string, ReturnType<typeof one>[] | null]>([
    ['nothing', ' \n', []],
    [
      'WebVTT with settings, voices and a note',
      'WEBVTT\nKind: captions\n\nNOTE made by hand\n\n00:01.500 --> 00:03.000 line:0\n<v Agent>Good day,\nis it you?\n\n01:00:00.000 --> 01:00:01.000\n您好',
      [one(1_500, 3_000, 'Good day, is it you?'), one(3_600_000, 3_601_000, '您好')],
    ],
    ['WebVTT without a word', 'WEBVTT\n\n', []],
    [
      'SubRip, as Windows writes it',
      '\uFEFF1\r\n00:00:01,000 --> 00:00:02,500\r\nyes\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n\r\n',
      [one(1_000, 2_500, 'yes')],
    ],
    [
      'whisper.cpp',
      '{"model":{"type":"base"},"transcription":[{"offsets":{"from":0,"to":2400},"text":" I agree."},{"offsets":{"from":2400,"to":3000},"text":" "}]}',
      [one(0, 2_400, 'I agree.')],
    ],
    [
      'Whisper',
      '{"text":" Yes.","language":"en","segments":[{"id":0,"start":0.5,"end":1.25,"text":" Yes.","avg_logprob":-0.2}]}',
      [one(500, 1_250, 'Yes.')],
    ],
    [
      'Vosk: words, cut at pauses, as sure as their words',
      '{"result":[{"conf":1,"start":0.1,"end":0.4,"word":"i"},{"conf":0.5,"start":0.5,"end":0.9,"word":"agree"},{"conf":0.9,"start":3,"end":3.4,"word":"yes"}],"text":"i agree yes"}',
      [one(100, 900, 'i agree', 0.75), one(3_000, 3_400, 'yes', 0.9)],
    ],
    [
      'pocketsphinx 5: a line a sentence',
      '{"b":0.5,"d":1.5,"p":0.8,"t":"go ahead","w":[]}\n{"b":3.0,"d":0.5,"p":1.2,"t":"yes"}\n',
      [one(500, 2_000, 'go ahead', 0.8), one(3_000, 3_500, 'yes', 1)],
    ],
    [
      'pocketsphinx_continuous -time yes',
      'are you\n<s> 0.000 0.130 0.999\nare 0.140 0.620 0.25\nyou(2) 0.630 0.720 0.75\n<sil> 0.8 2.0 1.0\n[NOISE] 2.0 2.1 1.0\nsure 2.100 2.500 1.100\n</s> 2.6 2.9 1.0',
      [one(140, 720, 'are you', 0.5), one(2_100, 2_500, 'sure', 1)],
    ],
    ['the same, without a word', '<s> 0.000 0.130 0.999\n</s> 0.14 0.2 1.0', []],
    ['plain text, which has no seconds', 'good day is it you', null],
    ['JSON of something else', '{"hello":"world","text":"yes"}', null],
    ['half a document', '{"segments":[', null],
  ])('%s', (_what, output, expected) => {
    expect(readCaptions(output)).toEqual(expected);
  });
});

describe('a command in a setting', () => {
  it.each([
    ['whisper-cli -m base.bin {file}', ['whisper-cli', '-m', 'base.bin', '{file}']],
    [`  "/opt/my engine/run"  '-x=a b'c "" {file} `, ['/opt/my engine/run', '-x=a bc', '', '{file}']],
    ['run {file}; rm -rf / $(x) > y', ['run', '{file};', 'rm', '-rf', '/', '$(x)', '>', 'y']],
    ['run "{file}', null],
    ['', null],
  ])('%s', (line, words) => {
    expect(commandWords(line)).toEqual(words);
  });
  it('has the file and the language put in their places, and leaves other braces alone', () => {
    expect(filled(['-l', '{lang}', '-f={file}', '{other}'], { lang: 'zh', file: '/a b.wav' })).toEqual([
      '-l',
      'zh',
      '-f=/a b.wav',
      '{other}',
    ]);
  });
  it.each([
    ['run {file}', null],
    ['run "{file}', 'must be a command whose quotes are closed'],
    ['{file}', 'must have {file} where the sound’s file is to stand'],
    ['run it', 'must have {file} where the sound’s file is to stand'],
  ])('%s is told what is wrong with it', (line, fault) => {
    expect(commandFault(line)).toBe(fault);
  });
});
