/** One type: its name, its place in the order, and its groups of conditions. */
import { Button, Select } from 'antd';
import type { SegmentGroup, SegmentType } from '../../../contract/segments.ts';
import { BothLanguages, PlaceButtons } from '../../admin/forms/editor-parts.tsx';
import { useFormat, useTexts, word } from '../../i18n/locale.tsx';
import { segments } from '../../i18n/segments/index.ts';
import { Icon } from '../../shared/icons.tsx';
import { Panel } from '../../shared/page.tsx';
import { ConditionEditor } from './condition-editor.tsx';
import { blankOf, newGroup } from './draft.ts';
import { useRuleWords, useTypeName } from './words.ts';

const mostGroups = 6;
const mostConditions = 12;

function Match(props: { label: string; value: 'all' | 'any'; change: (value: 'all' | 'any') => void }) {
  const t = useTexts(segments).form;
  return (
    <span className="row">
      <span className="muted small" aria-hidden="true">
        {props.label}
      </span>
      <Select
        aria-label={props.label}
        size="small"
        popupMatchSelectWidth={false}
        value={props.value}
        options={(['all', 'any'] as const).map((value) => ({ value, label: t.match[value] }))}
        onChange={props.change}
      />
    </span>
  );
}

function GroupEditor(props: {
  group: SegmentGroup;
  name: string;
  place: string;
  change: (group: SegmentGroup) => void;
  remove: (() => void) | null;
}) {
  const { group, name, place: at, change, remove } = props;
  const t = useTexts(segments).form;
  const format = useFormat();
  const { conditions } = group;
  return (
    <div className="column tight segment-group">
      {conditions.length > 1 ? (
        <Match label={t.joinConditions} value={group.match} change={(match) => change({ ...group, match })} />
      ) : null}
      <ul className="plain-list column tight">
        {conditions.map((condition, place) => (
          <ConditionEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no names.
            key={place}
            {...{ condition, name, place: format.number(place + 1) }}
            change={(next) => change({ ...group, conditions: conditions.with(place, next) })}
            remove={
              conditions.length === 1 ? null : () => change({ ...group, conditions: conditions.toSpliced(place, 1) })
            }
          />
        ))}
      </ul>
      <div className="row">
        <Button
          size="small"
          disabled={conditions.length >= mostConditions}
          onClick={() => change({ ...group, conditions: [...conditions, blankOf('status')] })}
        >
          {t.add}
        </Button>
        {remove === null ? null : (
          <Button size="small" type="text" onClick={remove}>
            {t.removeGroup(at)}
          </Button>
        )}
      </div>
    </div>
  );
}

export function TypeEditor(props: {
  type: SegmentType;
  place: number;
  last: boolean;
  faults: readonly string[];
  change: (type: SegmentType) => void;
  move: (by: -1 | 1) => void;
  remove: () => void;
}) {
  const { type, place, last, faults, change, move, remove } = props;
  const t = useTexts(segments);
  const format = useFormat();
  const inWords = useRuleWords();
  const name = useTypeName()(type, t.form.unnamed);
  const title = t.form.typeTitle(format.number(place + 1), name);
  const { groups } = type;
  return (
    <Panel
      title={title}
      extra={<PlaceButtons {...{ name, first: place === 0, last, move, remove }} retired={false} retire={() => {}} />}
    >
      <div className="column" data-testid={`segment-type-${place}`}>
        {faults.map((code) => (
          <p key={code} className="note tone-warn" role="alert">
            <Icon name="alert" /> {word(t.faults, code)}
          </p>
        ))}
        <BothLanguages label={t.form.name} value={type.name} change={(next) => change({ ...type, name: next })} />
        {groups.length > 1 ? (
          <Match label={t.form.joinGroups} value={type.match} change={(match) => change({ ...type, match })} />
        ) : null}
        {groups.map((group, at) => (
          <GroupEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: groups have no names.
            key={at}
            {...{ group, place: format.number(at + 1) }}
            name={groups.length > 1 ? `${name}, ${t.form.group(format.number(at + 1))}` : name}
            change={(next) => change({ ...type, groups: groups.with(at, next) })}
            remove={groups.length === 1 ? null : () => change({ ...type, groups: groups.toSpliced(at, 1) })}
          />
        ))}
        <div className="row spread">
          <span className="muted small">{inWords(type)}</span>
          <Button
            size="small"
            disabled={groups.length >= mostGroups}
            onClick={() => change({ ...type, groups: [...groups, newGroup()] })}
          >
            {t.form.addGroup}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
