import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Input, InputNumber, Select } from 'antd';
import { callerIdNumber } from '../../../contract/caller-id.ts';
import type { CallerId, Campaign } from '../../../contract/campaigns.ts';
import { api } from '../../api/client.ts';
import { useMay } from '../../app/me.tsx';
import { campaigns } from '../../i18n/campaigns/index.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { useEdited } from '../../shared/unsaved.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { Field } from '../../shared/field.tsx';
import { Panel } from '../../shared/page.tsx';

/** An empty row is left out. */
const numberFits = ({ number }: CallerId) => number === '' || callerIdNumber.test(number);

function CallerIds(props: { ids: CallerId[]; locked: boolean; change: (ids: CallerId[]) => void }) {
  const { ids, locked, change } = props;
  const t = useTexts(campaigns).setup;
  const c = useTexts(common);
  const set = (index: number, part: Partial<CallerId>) =>
    change(ids.map((known, at) => (at === index ? { ...known, ...part } : known)));
  return (
    <fieldset className="plain-set" disabled={locked}>
      <legend>{t.callerIds}</legend>
      <div className="column tight">
        {ids.map((caller, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a row has no identity before it is saved.
            key={index}
            className="caller-row"
          >
            <Input
              aria-label={t.number}
              value={caller.number}
              placeholder={t.number}
              {...(numberFits(caller) ? {} : { status: 'error', 'aria-invalid': true })}
              onChange={(event) => set(index, { number: event.target.value.trim() })}
            />
            <Input
              aria-label={t.region}
              value={caller.region}
              placeholder={t.anyRegion}
              maxLength={8}
              onChange={(event) => set(index, { region: event.target.value.trim() })}
            />
            <InputNumber
              aria-label={t.dailyCap}
              value={caller.dailyCap}
              min={0}
              placeholder={t.noCap}
              onChange={(dailyCap) => set(index, { dailyCap: dailyCap === null ? null : Number(dailyCap) })}
            />
            {locked ? null : <Button onClick={() => change(ids.toSpliced(index, 1))}>{c.remove}</Button>}
          </div>
        ))}
        {ids.every(numberFits) ? null : (
          <p className="field-fault" role="alert">
            {t.numberFault}
          </p>
        )}
        {locked ? null : (
          <div>
            <Button onClick={() => change([...ids, { number: '', region: '', dailyCap: null }])}>{t.addNumber}</Button>
          </div>
        )}
      </div>
    </fieldset>
  );
}

/** Name, approved script, teams and caller IDs. */
export function SetupForm({ campaign }: { campaign: Campaign }) {
  const t = useTexts(campaigns).setup;
  const c = useTexts(common);
  const format = useFormat();
  const may = useMay();
  const { done, refused } = useOutcome();
  const locked = !may('campaign.manage') || campaign.state === 'finished';
  const { draft, setDraft, taken } = useEdited({
    name: campaign.name,
    scriptVersionId: campaign.scriptVersion?.id ?? null,
    teamIds: campaign.teams.map((team) => team.id),
    callerIds: campaign.callerIds,
  });
  const { name, scriptVersionId, teamIds, callerIds } = draft;
  const change = (part: Partial<typeof draft>) => setDraft((known) => ({ ...known, ...part }));
  const scripts = useQuery({
    queryKey: ['scripts'],
    queryFn: ({ signal }) => api('GET /api/scripts', { signal }),
    enabled: may('script.read'),
  });
  const teams = useQuery({
    queryKey: ['teams'],
    queryFn: ({ signal }) => api('GET /api/teams', { signal }),
    enabled: may('organisation.read'),
  });
  const versions = (scripts.data?.items ?? [])
    .filter((script) => script.productId === campaign.productId)
    .flatMap((script) =>
      script.versions
        .filter((version) => version.state === 'approved')
        .map((version) => ({ value: version.id, label: t.version(script.name, format.number(version.version)) })),
    );
  const save = useMutation({
    mutationFn: () =>
      api('PATCH /api/campaigns/:id', {
        params: { id: campaign.id },
        body: {
          name: name.trim(),
          scriptVersionId,
          teamIds,
          callerIds: callerIds.filter((caller) => caller.number !== ''),
        },
      }),
    onSuccess: () => {
      taken(draft);
      return done(c.saved, 'campaign', 'campaigns');
    },
    onError: refused,
  });
  return (
    <Panel title={t.title}>
      <form
        className="column"
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <div className="form-grid wide">
          <Field label={t.name}>
            {(tie) => (
              <Input
                {...tie}
                value={name}
                disabled={locked}
                onChange={(event) => change({ name: event.target.value })}
              />
            )}
          </Field>
          <Field label={t.script} hint={versions.length === 0 && !scripts.isPending ? t.noScript : undefined}>
            {(tie) => (
              <Select
                {...tie}
                className="full-width"
                value={scriptVersionId}
                disabled={locked}
                allowClear
                options={versions}
                onChange={(chosen) => change({ scriptVersionId: chosen ?? null })}
              />
            )}
          </Field>
        </div>
        <fieldset className="plain-set" disabled={locked}>
          <legend>{t.teams}</legend>
          <Checkbox.Group
            value={teamIds}
            disabled={locked}
            options={(teams.data?.items ?? []).map((team) => ({ value: team.id, label: team.name }))}
            onChange={(chosen) => change({ teamIds: chosen })}
          />
        </fieldset>
        <CallerIds ids={callerIds} locked={locked} change={(ids) => change({ callerIds: ids })} />
        {locked ? null : (
          <div>
            <Button
              type="primary"
              htmlType="submit"
              disabled={!callerIds.every(numberFits)}
              loading={save.isPending}
              data-testid="save-setup"
            >
              {c.save}
            </Button>
          </div>
        )}
      </form>
    </Panel>
  );
}
