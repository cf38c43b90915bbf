/** All versions of the rules: who, when, and of each type that changed its words before and after. */
import { useQuery } from '@tanstack/react-query';
import type { SegmentVersion } from '../../../contract/segments.ts';
import { api } from '../../api/client.ts';
import { useFormat, useTexts } from '../../i18n/locale.tsx';
import { segments } from '../../i18n/segments/index.ts';
import { Badge, Panel, type Tone } from '../../shared/page.tsx';
import { QueryView } from '../../shared/states.tsx';
import { useRuleWords, useTypeName } from './words.ts';

const tones: Record<SegmentVersion['changes'][number]['how'], Tone> = {
  added: 'ok',
  gone: 'bad',
  changed: 'warn',
  moved: 'info',
};

function Change({ change }: { change: SegmentVersion['changes'][number] }) {
  const t = useTexts(segments);
  const format = useFormat();
  const inWords = useRuleWords();
  const nameOf = useTypeName();
  const { how, before, after, placeBefore, placeAfter } = change;
  const said = (type: typeof before) => (type === null ? null : format.named(nameOf(type, change.key), inWords(type)));
  return (
    <li>
      <span className="row">
        <Badge tone={tones[how]}>{t.versions.how[how]}</Badge>
        <span className="strong">{nameOf(after ?? before ?? undefined, change.key)}</span>
        {placeBefore === null || placeAfter === null || placeBefore === placeAfter ? null : (
          <span className="muted small">{t.versions.moved(format.number(placeBefore), format.number(placeAfter))}</span>
        )}
      </span>
      {how === 'moved' ? null : (
        <dl className="form-diff">
          <div>
            <dt className="visually-hidden">{t.versions.before}</dt>
            <dd>{before === null ? null : <del>{said(before)}</del>}</dd>
            <dt className="visually-hidden">{t.versions.after}</dt>
            <dd>{after === null ? null : <ins>{said(after)}</ins>}</dd>
          </div>
        </dl>
      )}
    </li>
  );
}

function Version({ version }: { version: SegmentVersion }) {
  const t = useTexts(segments);
  const format = useFormat();
  const { changedAt, changedBy, changes, restMonths } = version;
  const rest = restMonths.before !== null && restMonths.before !== restMonths.after;
  return (
    <li>
      <p>
        <span className="strong">{t.version(format.number(version.version))}</span>{' '}
        <span className="muted small">
          {changedAt === null
            ? t.versions.first
            : t.changedBy(changedBy?.name ?? t.somebody, format.dateTime(changedAt))}
        </span>
      </p>
      {changes.length === 0 && !rest && version.version > 0 ? <p className="muted">{t.versions.same}</p> : null}
      {rest ? <p>{t.versions.rest(format.number(restMonths.before), format.number(restMonths.after))}</p> : null}
      <ul className="plain-list column tight">
        {changes.map((change) => (
          <Change key={change.key} change={change} />
        ))}
      </ul>
    </li>
  );
}

export function Versions() {
  const t = useTexts(segments).versions;
  const query = useQuery({
    queryKey: ['segment-versions'],
    queryFn: ({ signal }) => api('GET /api/segments/versions', { signal }),
  });
  return (
    <Panel title={t.title}>
      <QueryView query={query}>
        {({ items }) => (
          <ul className="line-list" data-testid="segment-versions">
            {items.map((version) => (
              <Version key={version.version} version={version} />
            ))}
          </ul>
        )}
      </QueryView>
    </Panel>
  );
}
