import { useMutation } from '@tanstack/react-query';
import { Checkbox, Modal } from 'antd';
import { useState } from 'react';
import type { FormVersion } from '../../../contract/forms.ts';
import { api } from '../../api/client.ts';
import { common } from '../../i18n/common/index.ts';
import { forms } from '../../i18n/forms/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useOutcome } from '../../shared/feedback.ts';
import { focusFirstField } from '../../shared/first-field.ts';

/** Asks once before a version goes into force, and of every reworded reason whether it still means the same. */
export function PublishForm(props: { version: FormVersion; open: boolean; close: () => void }) {
  const { version, open, close } = props;
  const t = useTexts(forms);
  const c = useTexts(common);
  const format = useFormat();
  const { done, refused } = useOutcome();
  const [same, setSame] = useState<string[]>([]);
  const publish = useMutation({
    mutationFn: () =>
      api('POST /api/form-drafts/:id/publish', {
        params: { id: version.formId },
        body: { revision: version.revision, sameMeaning: same },
      }),
    onSuccess: () => {
      close();
      return done(t.published(format.number(version.version)), 'form-versions', 'form-version', 'forms');
    },
    onError: refused,
  });
  return (
    <Modal
      title={t.publishTitle(t.names[version.formId], format.number(version.version))}
      open={open}
      afterOpenChange={focusFirstField}
      okText={t.publish}
      cancelText={c.cancel}
      okButtonProps={{
        disabled: version.reworded.some(({ code }) => !same.includes(code)),
        loading: publish.isPending,
      }}
      onCancel={close}
      onOk={() => publish.mutate()}
      afterClose={() => setSame([])}
    >
      <p>{t.publishHint}</p>
      {version.reworded.length === 0 ? null : (
        <>
          <p className="spaced-top">{t.sameMeaningTitle}</p>
          <ul className="plain-list column tight">
            {version.reworded.map(({ code, before, after }) => (
              <li key={code}>
                <Checkbox
                  checked={same.includes(code)}
                  onChange={(event) =>
                    setSame(event.target.checked ? [...same, code] : same.filter((known) => known !== code))
                  }
                >
                  {before.en} → {after.en} / {before.zh} → {after.zh}
                </Checkbox>
              </li>
            ))}
          </ul>
        </>
      )}
    </Modal>
  );
}
