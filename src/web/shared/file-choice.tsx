import { type Ref, useId } from 'react';
import { common } from '../i18n/common/index.ts';
import { useFormat, useTexts } from '../i18n/locale.tsx';

/** A file, chosen by a button in the language of the page; the browser's own says it in the browser's. */
export function FileChoice(props: {
  label: string;
  accept: string;
  file: File | null;
  choose: (file: File | null) => void;
  testId: string;
  input?: Ref<HTMLInputElement>;
}) {
  const { label, accept, file, choose, testId, input } = props;
  const c = useTexts(common);
  const format = useFormat();
  const id = useId();
  return (
    <div className="field">
      <span className="field-label" id={`${id}-name`}>
        {label}
      </span>
      <div className="file-choice">
        <input
          id={id}
          {...(input ? { ref: input } : {})}
          type="file"
          accept={accept}
          className="visually-hidden"
          aria-labelledby={`${id}-name ${id}-chosen`}
          data-testid={testId}
          onChange={(event) => choose(event.target.files?.[0] ?? null)}
        />
        <label htmlFor={id} id={`${id}-chosen`} className="file-button">
          {file ? `${file.name} (${format.bytes(file.size)})` : c.chooseFile}
        </label>
      </div>
    </div>
  );
}
