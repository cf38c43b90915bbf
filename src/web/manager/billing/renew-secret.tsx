import { useMutation } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { common } from '../../i18n/common/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { useConfirm } from '../../shared/confirm.ts';
import { useOutcome } from '../../shared/feedback.ts';

/** Makes a new secret for messages to be signed with, after a question, and shows it this once. */
export function RenewSecret({
  texts,
  renew,
}: {
  /** `question` and `consequence`: of the renewal; `once`: why the secret must be written down now. */
  texts: { action: string; question: string; consequence: string; title: string; once: string };
  renew: () => Promise<{ secret: string }>;
}) {
  const c = useTexts(common);
  const { refused } = useOutcome();
  const confirm = useConfirm();
  const renewal = useMutation({ mutationFn: renew, onError: refused });
  return (
    <>
      <Button
        loading={renewal.isPending}
        onClick={() =>
          confirm({
            title: texts.question,
            consequence: texts.consequence,
            action: texts.action,
            act: () => renewal.mutateAsync(),
          })
        }
      >
        {texts.action}
      </Button>
      <Modal
        title={texts.title}
        open={renewal.data !== undefined}
        onCancel={() => renewal.reset()}
        footer={<Button onClick={() => renewal.reset()}>{c.close}</Button>}
      >
        <p>{texts.once}</p>
        <p>
          <code>{renewal.data?.secret}</code>
        </p>
      </Modal>
    </>
  );
}
