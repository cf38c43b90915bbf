/** Simulations in a process of their own: they are long sums, and the server has calls to answer within two seconds. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { answerWhatIf, type WhatIfAnswer, type WhatIfQuestion } from './what-if.ts';

/** Twelve teams of five hundred for twelve hours are several minutes; whoever asked may leave meanwhile. */
const askedTooLongMs = 20 * 60_000;

/** Answers the questions in order, and tells how many are answered. Rejects after twenty minutes. */
export function askWhatIf(
  questions: readonly WhatIfQuestion[],
  progress: (answered: number) => void,
): Promise<WhatIfAnswer[]> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ['what-if'], { stdio: 'ignore' });
    const answers: WhatIfAnswer[] = [];
    const end = (error: Error | null) => {
      clearTimeout(tooLong);
      child.removeAllListeners();
      child.kill();
      if (error === null) resolve(answers);
      else reject(error);
    };
    const tooLong = setTimeout(() => end(new Error('The simulation took too long.')), askedTooLongMs);
    child.on('message', (answer) => {
      answers.push(answer as WhatIfAnswer); // our own program on the other side of the pipe
      if (answers.length === questions.length) end(null);
      else progress(answers.length);
    });
    child.on('error', end);
    child.on('exit', () => end(new Error('The simulation ended without an answer.')));
    child.send(questions);
  });
}

/** The child's side. */
if (process.argv[2] === 'what-if' && process.send !== undefined) {
  process.once('message', (questions: WhatIfQuestion[]) => {
    for (const question of questions) process.send?.(answerWhatIf(question));
  });
}
