import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { common } from '../i18n/common/index.ts';
import { useTexts } from '../i18n/locale.tsx';
import { StatePanel } from '../shared/states.tsx';

function Broken() {
  const t = useTexts(common);
  return (
    <StatePanel icon="alert" title={t.crashed.title} hint={t.crashed.hint} alert>
      <Button type="primary" onClick={() => window.location.reload()}>
        {t.crashed.reload}
      </Button>
    </StatePanel>
  );
}

/** The last net: a fault in drawing a page shows a way out instead of a white screen. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}
