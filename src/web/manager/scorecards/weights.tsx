import { useMutation, useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { CardWeights } from '../../../contract/scorecards.ts';
import { api } from '../../api/client.ts';
import { common } from '../../i18n/common/index.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { results } from '../../i18n/results/index.ts';
import { useEdited } from '../../shared/unsaved.ts';
import { useOutcome } from '../../shared/feedback.ts';
import { NumberField, PercentField } from '../../shared/field.tsx';
import { Panel } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';
import { CardTable } from './card-table.tsx';

const names = ['effectiveRate', 'utilization', 'sales', 'complaints', 'selfCheck', 'conduct', 'attendance'] as const;

function Form({ kept }: { kept: CardWeights }) {
  const t = useTexts(results).cards;
  const c = useTexts(common);
  const format = useFormat();
  const { done, refused } = useOutcome();
  const { draft: weights, setDraft: setWeights, taken } = useEdited(kept);
  const sum = names.reduce((total, name) => total + weights[name], 0);
  const whole = Math.abs(sum - 1) < 0.0001;
  const right = whole && weights.shortBelow <= weights.excellentFrom;
  const change = useMutation({
    mutationFn: (preview: boolean) => api('PUT /api/scorecard-weights', { body: { weights, preview } }),
    onSuccess: (_, preview) => {
      if (preview) return;
      taken(weights);
      return done(c.saved, 'scorecards', 'weights');
    },
    onError: refused,
  });
  return (
    <div className="column">
      <div className="form-grid">
        {names.map((name) => (
          <PercentField
            key={name}
            label={t.weightNames[name]}
            value={weights[name]}
            step={1}
            change={(value) => setWeights((known) => ({ ...known, [name]: value }))}
          />
        ))}
        <NumberField
          label={t.excellentFrom}
          min={0}
          max={100}
          value={weights.excellentFrom}
          change={(excellentFrom) => setWeights((known) => ({ ...known, excellentFrom }))}
        />
        <NumberField
          label={t.shortBelow}
          min={0}
          max={100}
          value={weights.shortBelow}
          fault={weights.shortBelow > weights.excellentFrom ? t.limitsFault : undefined}
          change={(shortBelow) => setWeights((known) => ({ ...known, shortBelow }))}
        />
      </div>
      <div className="row">
        <span className={whole ? 'muted' : 'field-fault'}>{whole ? t.sum(format.percent(sum, 0)) : t.sumFault}</span>
        <Button
          data-testid="preview-weights"
          disabled={!right}
          loading={change.isPending}
          onClick={() => change.mutate(true)}
        >
          {t.preview}
        </Button>
        <Button
          data-testid="save-weights"
          type="primary"
          disabled={!right}
          loading={change.isPending}
          onClick={() => change.mutate(false)}
        >
          {c.save}
        </Button>
      </div>
      {change.data && change.variables ? (
        <section aria-label={t.previewed} data-testid="weights-effect">
          <h3>{t.previewed}</h3>
          <CardTable cards={change.data.items} linked={false} />
        </section>
      ) : null}
    </div>
  );
}

/** Weights of the composite score; their effect is shown before they are kept. */
export function Weights() {
  const t = useTexts(results).cards;
  const query = useQuery({
    queryKey: ['weights'],
    queryFn: ({ signal }) => api('GET /api/scorecard-weights', { signal }),
  });
  return (
    <Panel title={t.weights}>
      <QueryView query={query}>{(weights) => <Form kept={weights} />}</QueryView>
    </Panel>
  );
}
