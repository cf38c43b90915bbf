/** A table of people that is brought as a file: chosen, described by one field more, sent once with its progress. */
import { Button, Progress } from 'antd';
import type { ReactNode, Ref } from 'react';
import { useFormat } from '../i18n/locale.tsx';
import { FileChoice } from './file-choice.tsx';
import { Icon } from './icons.tsx';
import { Panel } from './page.tsx';

export function UploadPanel(props: {
  words: {
    upload: string;
    file: string;
    submit: string;
    hint: string;
    sending: (share: string) => string;
    mayLeave: string;
  };
  testIds: { file: string; submit: string };
  file: File | null;
  choose: (file: File | null) => void;
  /** The share of the file that has gone up; null: nothing is on its way. */
  sent: number | null;
  send: (file: File) => void;
  input?: Ref<HTMLInputElement>;
  /** What is said of the file. */
  children: ReactNode;
}) {
  const { words, testIds, file, choose, sent, send, input, children } = props;
  const format = useFormat();
  return (
    <Panel title={words.upload}>
      <form
        className="upload-row"
        onSubmit={(event) => {
          event.preventDefault();
          if (file) send(file);
        }}
      >
        <FileChoice
          label={words.file}
          accept=".csv,.xlsx,text/csv,text/plain"
          file={file}
          testId={testIds.file}
          {...(input === undefined ? {} : { input })}
          choose={choose}
        />
        {children}
        <Button
          type="primary"
          htmlType="submit"
          icon={<Icon name="upload" />}
          disabled={file === null}
          loading={sent !== null}
          data-testid={testIds.submit}
        >
          {words.submit}
        </Button>
      </form>
      <p className="muted small">{words.hint}</p>
      {sent === null ? null : (
        <div role="status">
          <Progress percent={Math.round(sent * 100)} status="active" aria-label={words.upload} />
          <span className="muted small">{sent < 1 ? words.sending(format.percent(sent, 0)) : words.mayLeave}</span>
        </div>
      )}
    </Panel>
  );
}
