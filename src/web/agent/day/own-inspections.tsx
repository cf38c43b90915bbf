import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import type { Inspection } from '../../../contract/inspections.ts';
import { api } from '../../api/client.ts';
import { agent } from '../../i18n/agent/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useConfirm } from '../../shared/confirm.ts';
import { DataTable } from '../../shared/data-table.tsx';
import { Badge, Panel } from '../../shared/page.tsx';
import { focusFirstField } from '../../shared/first-field.ts';
import { useAskBeforeClosing } from '../../shared/unsaved.ts';
import { QueryView, useProblemText } from '../../shared/states.tsx';
import { WhatWasFound } from './what-was-found.tsx';

/** What was judged of the own recordings; each result may be accepted, or disputed once. */
export function OwnInspections() {
  const t = useTexts(agent).inspections;
  const c = useTexts(common);
  const format = useFormat();
  const say = useProblemText();
  const { message } = App.useApp();
  const confirm = useConfirm();
  const client = useQueryClient();
  const id = useId();
  const [disputed, dispute] = useState<Inspection | null>(null);
  const [reason, setReason] = useState('');
  const leave = useAskBeforeClosing(disputed !== null && reason.trim() !== '', () => dispute(null));
  const query = useQuery({
    queryKey: ['own-inspections'],
    queryFn: ({ signal }) => api('GET /api/inspections', { query: { limit: 20, order: 'newest' }, signal }),
  });
  const done = () => client.invalidateQueries({ queryKey: ['own-inspections'] });
  const refused = (error: unknown) => void message.error(say(error));
  const agree = useMutation({
    mutationFn: (inspection: Inspection) => api('POST /api/inspections/:id/agree', { params: { id: inspection.id } }),
    onSuccess: done,
    onError: refused,
  });
  const send = useMutation({
    mutationFn: (inspection: Inspection) =>
      api('POST /api/inspections/:id/dispute', { params: { id: inspection.id }, body: { reason: reason.trim() } }),
    onSuccess: () => {
      dispute(null);
      setReason('');
      void message.success(t.sent);
      return done();
    },
    onError: refused,
  });
  return (
    <Panel title={t.title}>
      <QueryView query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">{t.none}</p>
          ) : (
            <DataTable
              rows={items}
              rowKey={({ id }) => id}
              columns={[
                { title: t.talked, nowrap: true, cell: ({ talkStartedAt }) => format.moment(talkStartedAt) },
                {
                  title: t.result,
                  cell: ({ id: inspectionId, qualified }) =>
                    qualified === null ? (
                      ''
                    ) : qualified ? (
                      <Badge tone="ok">{t.qualified}</Badge>
                    ) : (
                      <>
                        <Badge tone="bad">{t.unqualified}</Badge>
                        <WhatWasFound inspectionId={inspectionId} />
                      </>
                    ),
                },
                {
                  title: t.answer,
                  num: true,
                  quiet: true,
                  cell: (item) =>
                    item.state === 'scored' ? (
                      <span className="row one-line">
                        <Button
                          size="small"
                          onClick={() =>
                            confirm({
                              title: t.agreeTitle,
                              consequence: t.agreeHint,
                              action: t.agree,
                              danger: false,
                              act: () => agree.mutateAsync(item),
                            })
                          }
                        >
                          {t.agree}
                        </Button>
                        <Button size="small" onClick={() => dispute(item)}>
                          {t.dispute}
                        </Button>
                      </span>
                    ) : (
                      ''
                    ),
                },
              ]}
            />
          )
        }
      </QueryView>
      <Modal
        title={t.disputeTitle}
        open={disputed !== null}
        okText={t.dispute}
        cancelText={c.cancel}
        okButtonProps={{ disabled: reason.trim() === '', loading: send.isPending }}
        onOk={() => {
          if (disputed) send.mutate(disputed);
        }}
        onCancel={leave}
        afterOpenChange={focusFirstField}
        afterClose={() => setReason('')}
      >
        {disputed === null ? null : (
          <>
            <p className="strong">{format.named(t.talked, format.moment(disputed.talkStartedAt))}</p>
            {disputed.qualified === false ? <WhatWasFound inspectionId={disputed.id} /> : null}
          </>
        )}
        <div className="field">
          <label htmlFor={id}>{t.disputeHint}</label>
          <Input.TextArea id={id} rows={4} value={reason} onChange={(event) => setReason(event.target.value)} />
        </div>
      </Modal>
    </Panel>
  );
}
