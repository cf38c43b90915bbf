import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useProblemText } from './states.tsx';

/** What follows a change: a word of success and fresh data, or the refusal in the reader's language. */
export function useOutcome() {
  const { message } = App.useApp();
  const say = useProblemText();
  const client = useQueryClient();
  return {
    refused: (error: unknown) => void message.error(say(error)),
    /** Without a text nothing is said: the page shows it. */
    done: (text: string | null, ...keys: string[]) => {
      if (text !== null) void message.success(text);
      return Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
    },
  };
}
