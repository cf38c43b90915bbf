/** What is written at a campaign, offers or plans: the list, one of it beside, and its form in the list's place while somebody writes. */
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Campaign } from '../../../contract/campaigns.ts';
import { useMay } from '../../app/me.tsx';
import { Panel } from '../../shared/page.tsx';
import { Empty } from '../../shared/states.tsx';

type Open = { what: 'new' } | { what: 'edit' | 'show'; id: string } | null;
export type OpenOne = (what: Open) => void;

type Props<T> = {
  campaign: Campaign;
  items: T[];
  texts: { title: string; intro: string; none: string; noneHint: string; new: string };
  newTestId: string;
  /** Said above the list. */
  note?: ReactNode;
  table: (open: OpenOne, writes: boolean) => ReactNode;
  form: (one: T | null, close: () => void) => ReactNode;
  detail: (one: T, close: () => void) => ReactNode;
};

/** Managers write, as long as the campaign is not finished; whoever else sees it reads. */
export function WrittenList<T extends { id: string }>(props: Props<T>) {
  const { campaign, items, texts, newTestId, note, table, form, detail } = props;
  const may = useMay();
  const [opened, open] = useState<Open>(null);
  const close = () => open(null);
  const writes = may('campaign.manage') && campaign.state !== 'finished';
  const one = opened !== null && 'id' in opened ? items.find(({ id }) => id === opened.id) : undefined;
  if (writes && opened?.what === 'new') return form(null, close);
  if (writes && opened?.what === 'edit' && one !== undefined) return form(one, close);
  return (
    <div className="column wide-gap">
      <Panel
        title={texts.title}
        extra={
          writes ? (
            <Button type="primary" onClick={() => open({ what: 'new' })} data-testid={newTestId}>
              {texts.new}
            </Button>
          ) : null
        }
      >
        <p className="muted">{texts.intro}</p>
        {note}
        {items.length === 0 ? <Empty title={texts.none} hint={texts.noneHint} /> : table(open, writes)}
      </Panel>
      {opened?.what === 'show' && one !== undefined ? detail(one, close) : null}
    </div>
  );
}
