import { Modal } from 'antd';
import type { ReactNode } from 'react';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { focusFirstField } from './first-field.ts';
import { useFocusBack } from './focus-back.ts';

/**
 * A dialog that is filled in and sent, and is on the page only while it is open: it begins in its first field, sends when it is complete
 * and not twice, and gives the focus back to what opened it.
 */
export function FormDialog(props: {
  title: string;
  /** What its button says; else the title. */
  action?: string;
  ready: boolean;
  busy: boolean;
  leave: () => void;
  send: () => void;
  width?: number;
  children: ReactNode;
}) {
  useFocusBack();
  const c = useTexts(common);
  const { title, action = title, ready, busy, leave, send, width, children } = props;
  return (
    <Modal
      title={title}
      open
      afterOpenChange={focusFirstField}
      okText={action}
      cancelText={c.cancel}
      okButtonProps={{ disabled: !ready, loading: busy }}
      onCancel={leave}
      onOk={send}
      {...(width === undefined ? {} : { width })}
    >
      {children}
    </Modal>
  );
}
