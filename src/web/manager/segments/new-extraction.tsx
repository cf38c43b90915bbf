/** Hands customers of a type to a campaign: to which team, how many, and before that whom not and why. */
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useState } from 'react';
import type { Segments } from '../../../contract/segments.ts';
import { api } from '../../api/client.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { segments } from '../../i18n/segments/index.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Field, NumberField } from '../../shared/field.tsx';
import { useTypeName } from './words.ts';

/** Reasons with their counts, the most frequent first. */
export function useLeftOut(): (counts: Record<string, number>) => string {
  const t = useTexts(segments);
  const format = useFormat();
  return (counts) =>
    format.list(
      Object.entries(counts)
        .sort(([, a], [, b]) => b - a)
        .map(([reason, count]) => t.reasonOf(word(t.leftOut, reason), format.number(count))),
    );
}

export function NewExtraction({ kept, close }: { kept: Segments; close: () => void }) {
  const t = useTexts(segments);
  const c = useTexts(common);
  const e = t.extractions;
  const format = useFormat();
  const nameOf = useTypeName();
  const leftOut = useLeftOut();
  const { done, refused } = useOutcome();
  const [campaignId, setCampaign] = useState<string | null>(null);
  const [teamId, setTeam] = useState<string | null>(null);
  const [type, setType] = useState<string | null>(null);
  const [limit, setLimit] = useState(500);
  const campaigns = useQuery({
    queryKey: ['campaigns', 'all'],
    queryFn: ({ signal }) => api('GET /api/campaigns', { signal }),
  });
  const open = (campaigns.data?.items ?? []).filter(({ state }) => state !== 'finished');
  const chosen = useQuery({
    queryKey: ['campaign', campaignId],
    queryFn: ({ signal }) => api('GET /api/campaigns/:id', { params: { id: campaignId ?? '' }, signal }),
    enabled: campaignId !== null,
  });
  const campaign = campaignId === null ? undefined : chosen.data;
  const sorted = kept.clients.find(({ id }) => id === campaign?.clientId)?.run ?? null;
  // Of one team there is nothing to choose.
  const team = teamId ?? (campaign?.teams.length === 1 ? (campaign.teams[0]?.id ?? null) : null);
  const body =
    campaign === undefined || team === null || type === null
      ? null
      : { campaignId: campaign.id, teamId: team, type, limit };
  const preview = useMutation({
    mutationFn: async () => (body === null ? null : api('POST /api/extractions/preview', { body })),
    onError: refused,
  });
  const extract = useMutation({
    mutationFn: async () => (body === null ? null : api('POST /api/extractions', { body })),
    onSuccess: (made) => {
      close();
      return done(e.done(format.number(made?.taken)), 'extractions', 'segments', 'lists');
    },
    onError: refused,
  });
  const changed = () => preview.reset();
  const options = (items: readonly { id: string; name: string }[]) =>
    items.map(({ id, name }) => ({ value: id, label: name }));
  const choice = (
    label: string,
    value: string | null,
    of: { value: string; label: string }[],
    set: (value: string) => void,
  ) => (
    <Field label={label}>
      {(tie) => (
        <Select
          {...tie}
          className="full-width"
          value={value}
          options={of}
          onChange={(next) => {
            if (next === null) return;
            set(next);
            changed();
          }}
        />
      )}
    </Field>
  );
  return (
    <form
      className="column"
      data-testid="extraction-form"
      onSubmit={(event) => {
        event.preventDefault();
        extract.mutate();
      }}
    >
      <div className="form-grid">
        {choice(e.campaign, campaignId, options(open), (next) => {
          setCampaign(next);
          setTeam(null);
        })}
        {choice(e.team, team, options(campaign?.teams ?? []), setTeam)}
        {choice(
          e.type,
          type,
          kept.rules.types.map((one) => ({ value: one.key, label: nameOf(one, one.key) })),
          setType,
        )}
        <NumberField
          label={e.limit}
          value={limit}
          min={1}
          max={100_000}
          change={(next) => {
            setLimit(next);
            changed();
          }}
        />
      </div>
      {campaign !== undefined && sorted === null ? <p className="note tone-warn">{e.notSorted}</p> : null}
      {preview.data ? (
        <p className="note tone-info" data-testid="extraction-preview">
          {e.would(format.number(preview.data.taken), format.number(preview.data.ofType))}{' '}
          {leftOut(preview.data.leftOut)}
        </p>
      ) : null}
      <div className="row">
        <Button
          type="primary"
          htmlType="submit"
          disabled={body === null || !preview.data || preview.data.taken === 0}
          loading={extract.isPending}
          data-testid="extract"
        >
          {e.extract}
        </Button>
        <Button
          disabled={body === null || sorted === null}
          loading={preview.isPending}
          onClick={() => preview.mutate()}
          data-testid="preview-extraction"
        >
          {e.preview}
        </Button>
        <Button onClick={close}>{c.cancel}</Button>
      </div>
    </form>
  );
}
