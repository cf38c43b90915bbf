/** Who calls whom of an extraction: foreseen, signed for by the team's lead, with all signatures there were. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { Allocation, SegmentRules } from '../../../contract/segments.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { segments } from '../../i18n/segments/index.ts';
import { useConfirm } from '../../shared/confirm.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { Figure } from '../../shared/page.tsx';
import { ReasonDialog } from '../../shared/reason-dialog.tsx';
import { QueryView } from '../../shared/states.tsx';
import { AgentsTable } from './agents-table.tsx';
import { useTypeName } from './words.ts';

type Way = Allocation['signatures'][number]['way'];
const ways: readonly Way[] = ['even', 'skill-region'];

function Signatures({ signatures }: Pick<Allocation, 'signatures'>) {
  const t = useTexts(segments);
  const a = t.allocation;
  const format = useFormat();
  if (signatures.length === 0) return <p className="note tone-info">{a.unsigned}</p>;
  return (
    <section aria-label={a.signatures}>
      <h3>{a.signatures}</h3>
      <ul className="line-list" data-testid="signatures">
        {signatures.map(({ number, way, shares, nobody, reason, at, by }) => (
          <li key={number}>
            <p>
              <span className="strong">{a.signature(format.number(number), a.ways[way])}</span>{' '}
              <span className="muted small">{a.by(by?.name ?? t.somebody, format.dateTime(at))}</span>
            </p>
            {reason === '' ? null : <p>{a.reason(reason)}</p>}
            <p className="muted small">
              {format.list(shares.map(({ agent, contacts }) => a.share(agent.name, format.number(contacts))))}
            </p>
            {nobody === 0 ? null : <p className="muted small">{a.nobody(format.number(nobody))}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Divide({ allocation, rules }: { allocation: Allocation; rules: SegmentRules }) {
  const t = useTexts(segments).allocation;
  const format = useFormat();
  const may = useMay();
  const confirm = useConfirm();
  const { done, refused } = useOutcome();
  const { extraction, agents, signatures, open, fixed } = allocation;
  const [way, setWay] = useState<Way>(signatures[0]?.way ?? 'even');
  const [chosen, choose] = useState(agents.map(({ agent }) => agent.id));
  const [asks, ask] = useState(false);
  const writes = may('contact.allocate');
  const params = { id: extraction.id };
  const body = { way, agentIds: chosen };
  const preview = useMutation({
    mutationFn: () => api('POST /api/extractions/:id/allocation/preview', { params, body }),
    onError: refused,
  });
  const seen = signatures[0]?.number ?? 0;
  const sign = useMutation({
    mutationFn: (reason: string) =>
      api('POST /api/extractions/:id/allocation', { params, body: { ...body, seen, reason } }),
    onSuccess: () => {
      ask(false);
      preview.reset();
      return done(t.signed, 'allocation');
    },
    onError: refused,
  });
  const foreseen =
    preview.data === undefined
      ? null
      : new Map(preview.data.shares.map(({ agent, contacts }) => [agent.id, contacts] as const));
  return (
    <div className="column">
      <div className="figures small-figures">
        <Figure label={t.openContacts} value={format.number(open)} />
        <Figure label={t.fixed} value={format.number(fixed)} />
      </div>
      {writes ? (
        <Field label={t.way}>
          {(tie) => (
            <Select
              {...tie}
              className="wide-select"
              value={way}
              options={ways.map((value) => ({ value, label: t.ways[value] }))}
              onChange={(next) => {
                setWay(next);
                preview.reset();
              }}
            />
          )}
        </Field>
      ) : null}
      <AgentsTable
        {...{ allocation, rules, writes, foreseen, chosen }}
        kept={() => preview.reset()}
        choose={(next) => {
          choose(next);
          preview.reset();
        }}
      />
      {preview.data !== undefined && preview.data.nobody > 0 ? (
        <p className="note tone-warn">{t.nobody(format.number(preview.data.nobody))}</p>
      ) : null}
      {writes ? (
        <div className="row">
          <Button
            type="primary"
            disabled={preview.data === undefined || preview.data.open === 0}
            loading={sign.isPending}
            data-testid="sign-allocation"
            onClick={() =>
              seen > 0
                ? ask(true)
                : confirm({
                    ...{ title: t.signTitle, consequence: t.signHint, action: t.sign, danger: false },
                    act: () => sign.mutateAsync(''),
                  })
            }
          >
            {t.sign}
          </Button>
          <Button
            disabled={chosen.length === 0}
            loading={preview.isPending}
            onClick={() => preview.mutate()}
            data-testid="preview-allocation"
          >
            {t.preview}
          </Button>
        </div>
      ) : null}
      <ReasonDialog
        {...{ open: asks, title: t.changeTitle, hint: t.changeHint, label: t.why, action: t.sign }}
        busy={sign.isPending}
        close={() => ask(false)}
        send={(reason) => sign.mutate(reason)}
      />
      <Signatures signatures={signatures} />
    </div>
  );
}

export function AllocationOf({ id, rules, close }: { id: string; rules: SegmentRules; close: () => void }) {
  const t = useTexts(segments);
  const format = useFormat();
  const nameOf = useTypeName();
  const query = useQuery({
    queryKey: ['allocation', id],
    queryFn: ({ signal }) => api('GET /api/extractions/:id/allocation', { params: { id }, signal }),
  });
  return (
    <section className="column segment-group" data-testid="allocation">
      <QueryView query={query}>
        {(allocation) => {
          const { typeName, type, campaign, team } = allocation.extraction;
          const what = format.list([nameOf({ name: typeName }, type), campaign.name, team.name]);
          return (
            <>
              <div className="row spread">
                <h3>{t.allocation.title(what)}</h3>
                <Button onClick={close}>{t.allocation.close}</Button>
              </div>
              <p className="muted">{t.allocation.intro}</p>
              <Divide allocation={allocation} rules={rules} />
            </>
          );
        }}
      </QueryView>
    </section>
  );
}
