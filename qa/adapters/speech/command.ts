/** A speech engine that is a command on this server: whisper.cpp, vosk-transcriber, pocketsphinx or the like, run without a shell. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { QualityError } from '../../errors.ts';
import type { SpeechEngine } from '../../ports/speech-engine.ts';
import { type Caption, readCaptions } from '../../rules/transcript/captions.ts';
import { commandWords, filled } from '../../rules/transcript/command-line.ts';
import type { Channel } from '../../rules/transcript/words.ts';

const sides: readonly Channel[] = ['agent', 'customer'];
const longestOutputBytes = 8 * 1024 * 1024;
const leastTimeMs = 60_000;

/**
 * `{file}` is one side of the recording, `{language}` the campaign's (`{lang}`: its first part). What it says on its standard output
 * is read; or the file that begins with `{out}`, where the command names that. `slowness`: so many times the length of the sound it may take.
 */
export function commandEngine(line: string, slowness = 10): SpeechEngine {
  const [program = '', ...words] = commandWords(line) ?? [];
  return {
    way: 'command',
    name: basename(program),
    version: versionOf(words),
    async hear({ file, folder, language, durationMs }, signal) {
      const segments = [];
      for (const side of sides) {
        const out = join(folder, `heard-${side}`);
        const [lang = language] = language.split('-');
        const values = { file: await file(side), language, lang, out };
        const timeMs = Math.max(leastTimeMs, (durationMs ?? 0) * slowness);
        const said = await run(program, filled(words, values), { signal, timeMs, folder });
        const captions = readCaptions(words.some((word) => word.includes('{out}')) ? await written(folder, out) : said);
        if (captions === null)
          throw new QualityError('speech-output-invalid', 'The output of SPEECH_COMMAND is no WebVTT, SRT or JSON.');
        segments.push(...captions.map((caption) => withinCall(caption, side, durationMs)));
      }
      // A command that ended well has listened to the end.
      const until = durationMs ?? Math.max(0, ...segments.map(({ endMs }) => endMs));
      return { language, heardUntilMs: until, segments };
    },
  };
}

/** Commands say nothing of their version; the model they were given tells transcripts apart as well. */
function versionOf(words: readonly string[]): string {
  const model = words.find(
    (word, index) => /^(-m|--model|-hmm|-lm)$/.test(words[index - 1] ?? '') && !word.startsWith('-'),
  );
  return model === undefined ? 'command' : basename(model).slice(0, 100);
}

/** Engines round their frames up: what lies after the end is drawn to it. */
function withinCall(caption: Caption, channel: Channel, durationMs: number | null) {
  const end = durationMs ?? Number.POSITIVE_INFINITY;
  return { ...caption, channel, startMs: Math.min(caption.startMs, end), endMs: Math.min(caption.endMs, end) };
}

async function written(folder: string, out: string): Promise<string> {
  const name = (await readdir(folder)).find((each) => each.startsWith(`${basename(out)}.`) || each === basename(out));
  if (name === undefined) throw new QualityError('speech-output-missing', 'SPEECH_COMMAND wrote no file at {out}.');
  return readFile(join(folder, name), 'utf8');
}

type Run = { signal: AbortSignal; timeMs: number; folder: string };

/** What it says on its error output is not told: engines write there what they hear. */
function run(program: string, words: string[], { signal, timeMs, folder }: Run): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = {
      signal,
      timeout: timeMs,
      killSignal: 'SIGKILL',
      maxBuffer: longestOutputBytes,
      cwd: folder,
    } as const;
    execFile(program, words, options, (error, stdout) => {
      if (error === null) return resolve(stdout);
      const why =
        error.killed === true
          ? 'took too long or said too much'
          : `ended with ${error.code ?? error.signal ?? 'an error'}`;
      reject(new QualityError('speech-command-failed', `SPEECH_COMMAND ${why}.`, { retryable: true }));
    });
  });
}
