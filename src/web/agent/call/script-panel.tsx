import { Checkbox } from 'antd';
import { useEffect, useRef } from 'react';
import type { DeskCampaign } from '../../../contract/agent-desk.ts';
import type { ScriptVersion } from '../../../contract/scripts.ts';
import { useMe } from '../../app/me.tsx';
import { agent } from '../../i18n/agent/index.ts';
import { type Locale, locales, tagOf, useFormat, useTexts } from '../../i18n/locale.tsx';
import { words } from '../../i18n/words/index.ts';
import { Badge, Panel } from '../../shared/page.tsx';
import { Said } from '../../shared/said.tsx';
import { Empty, QueryView } from '../../shared/states.tsx';
import { useKeyActions } from '../keys/agent-keys.ts';
import type { ChangeDraft, Draft } from './draft.ts';
import { followTalk } from './follow-talk.ts';
import { useScript } from './script.ts';
import type { SpokenLanguage } from './spoken-language.ts';

type MustSay = ScriptVersion['body']['mustSay'][number];

function Checklist(props: { items: MustSay[]; spoken: Locale; draft: Draft; toggle: (id: string) => void }) {
  const w = useTexts(words);
  const speaker = useMe().displayName;
  const { items, spoken, draft, toggle } = props;
  return (
    <ul className="must-say">
      {items.map((item) => (
        <li key={item.id}>
          <Checkbox checked={draft.ticked.includes(item.id)} onChange={() => toggle(item.id)}>
            <span className="must-say-kind">{w.mustSay[item.kind]}</span>
            <Said words={item.text} language={spoken} speaker={speaker} />
          </Checkbox>
        </li>
      ))}
    </ul>
  );
}

type ScriptProps = SpokenLanguage & { script: ScriptVersion; draft: Draft; change: ChangeDraft };

function Script({ script, draft, change, spoken, speak }: ScriptProps) {
  const t = useTexts(agent).script;
  const format = useFormat();
  const speaker = useMe().displayName;
  const { steps, mustSay } = script.body;
  const current = Math.min(draft.step, steps.length - 1);
  const move = (by: number) => change({ step: Math.max(0, Math.min(steps.length - 1, current + by)) });
  const here = steps[current]?.id;
  const inOrder = [
    ...steps.flatMap(({ id }) => mustSay.filter((item) => item.step === id)),
    ...mustSay.filter((item) => !steps.some(({ id }) => id === item.step)),
  ];
  const stepIds = steps.map(({ id }) => id);
  const toggle = (id: string) =>
    change((known) => {
      const { step, ticked } = followTalk(stepIds, mustSay, known, id);
      return { step, ticked: [...ticked] };
    });
  const tick = () => {
    const open = inOrder.filter((item) => !draft.ticked.includes(item.id));
    const next = open.find((item) => item.step === here) ?? open[0];
    if (next) toggle(next.id);
  };
  const present = useRef<HTMLLIElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another step becomes the present one.
  useEffect(() => {
    // Browsers answer with a promise, which is no clean-up.
    void present.current?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  useKeyActions({ nextStep: () => move(1), previousStep: () => move(-1), tick });
  const done = mustSay.filter((item) => draft.ticked.includes(item.id)).length;
  const anywhere = mustSay.filter((item) => !steps.some(({ id }) => id === item.step));
  return (
    <>
      <div className="row spread script-head">
        <span className="muted small">{t.version(script.scriptName, format.number(script.version))}</span>
        <fieldset className="plain-set row" title={t.languageHint}>
          <legend className="visually-hidden">{t.language}</legend>
          <span className="muted small" aria-hidden="true">
            {t.language}
          </span>
          {locales.map((language) => (
            <button
              key={language}
              type="button"
              aria-pressed={spoken === language}
              className="mini-choice"
              lang={tagOf(language)}
              onClick={() => speak(language)}
            >
              {t.languages[language]}
            </button>
          ))}
        </fieldset>
      </div>
      <div className="must-say-sum">
        <Badge tone={done === mustSay.length ? 'ok' : 'warn'}>
          {done === mustSay.length ? t.allTicked : t.ticked(format.number(done), format.number(mustSay.length))}
        </Badge>
        <span className="must-say-bar" aria-hidden="true">
          <span style={{ width: `${mustSay.length === 0 ? 100 : (done / mustSay.length) * 100}%` }} />
        </span>
      </div>
      <ol className="script-steps">
        {steps.map((step, index) => (
          <li
            key={step.id}
            ref={index === current ? present : null}
            className={index === current ? 'script-step current' : 'script-step'}
            data-testid={index === current ? 'present-step' : undefined}
          >
            <button
              type="button"
              className="step-title"
              aria-expanded={index === current}
              onClick={() => change({ step: index })}
            >
              <span className="step-number">{format.number(index + 1)}</span>
              <Said words={step.title} language={spoken} speaker={speaker} />
            </button>
            {index === current ? (
              <p className="step-text">
                <Said words={step.text} language={spoken} speaker={speaker} />
              </p>
            ) : null}
            <Checklist
              items={mustSay.filter((item) => item.step === step.id)}
              spoken={spoken}
              draft={draft}
              toggle={toggle}
            />
          </li>
        ))}
      </ol>
      {anywhere.length > 0 ? (
        <>
          <h3>{t.other}</h3>
          <Checklist items={anywhere} spoken={spoken} draft={draft} toggle={toggle} />
        </>
      ) : null}
    </>
  );
}

/** The approved script in steps, and what must be said as a checklist to tick while speaking. */
export function ScriptPanel(props: {
  versionId: string | null;
  campaign: DeskCampaign | null;
  draft: Draft;
  change: ChangeDraft;
  language: SpokenLanguage;
}) {
  const t = useTexts(agent).script;
  const { versionId, draft, change, language } = props;
  const script = useScript(versionId);
  return (
    <Panel title={t.title} className="script">
      {versionId === null ? (
        <Empty title={t.none} />
      ) : (
        <QueryView query={script}>
          {(version) => <Script script={version} draft={draft} change={change} {...language} />}
        </QueryView>
      )}
    </Panel>
  );
}
