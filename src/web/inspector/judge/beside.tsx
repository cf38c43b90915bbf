import { useQuery } from '@tanstack/react-query';
import type { InspectionDetail } from '../../../contract/inspections.ts';
import type { SoldOffer } from '../../../contract/offers.ts';
import type { ScriptVersion } from '../../../contract/scripts.ts';
import { api } from '../../api/client.ts';
import { inspector } from '../../i18n/inspector/index.ts';
import { type Locale, useFormat, useLocale, useTexts, word } from '../../i18n/locale.tsx';
import { offers } from '../../i18n/offers/index.ts';
import { words } from '../../i18n/words/index.ts';
import { Icon } from '../../shared/icons.tsx';
import { useOfferName } from '../../shared/offer-name.ts';
import { useOptionWords } from '../../shared/option-words.ts';
import { Badge, Panel } from '../../shared/page.tsx';
import { useRefusalWord } from '../../shared/reason-lists.ts';
import { Said, type Words } from '../../shared/said.tsx';
import { spokenAs } from '../../shared/spoken-as.ts';
import { QueryView } from '../../shared/states.tsx';
import { FollowUp } from './follow-up.tsx';

/** `language`: the one the call was spoken in, which is the campaign's, whatever language the page is in. */
function ScriptText(props: { script: ScriptVersion; ticked: string[] | null; language: Locale }) {
  const { script, ticked, language } = props;
  const t = useTexts(inspector).beside;
  const w = useTexts(words).mustSay;
  const say = (words: Words) => <Said words={words} language={language} />;
  return (
    <div className="column tight">
      <p className="muted small">{t.version(script.scriptName, String(script.version))}</p>
      <ol className="script-beside">
        {script.body.steps.map((step) => (
          <li key={step.id}>
            <h3>{say(step.title)}</h3>
            <p className="prewrap">{say(step.text)}</p>
            <ul>
              {script.body.mustSay
                .filter((item) => item.step === step.id)
                .map((item) => (
                  <li key={item.id} className="row must-row">
                    {ticked === null ? null : (
                      <Badge tone={ticked.includes(item.id) ? 'ok' : 'warn'}>
                        {ticked.includes(item.id) ? t.ticked : t.notTicked}
                      </Badge>
                    )}
                    <span>
                      <span className="strong">{w[item.kind]}</span> {say(item.text)}
                    </span>
                  </li>
                ))}
            </ul>
          </li>
        ))}
      </ol>
    </div>
  );
}

function Conversation({ detail }: { detail: InspectionDetail }) {
  const t = useTexts(inspector).beside;
  const w = useTexts(words);
  const format = useFormat();
  const { conversation, blind } = detail;
  const recorded = conversation.detail ?? {};
  const refusalWord = useRefusalWord();
  const options = useOptionWords(Array.isArray(recorded.options) ? recorded.options.map(String) : []);
  if (blind && conversation.disposition === null)
    return (
      <p className="note">
        <Icon name="shield" /> {t.hidden}
      </p>
    );
  const fields: Record<string, string> = t.fields;
  const facts = Object.entries(recorded).flatMap(([name, value]) => {
    const label = fields[name];
    if (label === undefined) return [];
    if (name === 'options') return options.length === 0 ? [] : [{ label, value: format.list(options) }];
    if (typeof value !== 'string') return [];
    return [{ label, value: name === 'reason' ? refusalWord(value) : word(w.saleRoles, value) }];
  });
  return (
    <>
      <dl className="facts">
        <dt>{t.outcome}</dt>
        <dd>{word(w.dispositions, conversation.disposition)}</dd>
        {facts.map(({ label, value }) => (
          <div key={label} className="fact-pair">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {conversation.note === '' ? null : (
          <div className="fact-pair">
            <dt>{t.note}</dt>
            <dd>{conversation.note}</dd>
          </div>
        )}
      </dl>
      {conversation.selfCheck ? (
        <p className="row self-line">
          <span className="muted">{t.selfCheck}</span>
          {Object.entries(conversation.selfCheck).map(([criterion, answer]) => (
            <Badge key={criterion} tone={answer === 'yes' ? 'ok' : 'warn'}>
              {format.named(word(w.criteria, criterion), answer === 'yes' ? t.yes : t.doubt)}
            </Badge>
          ))}
        </p>
      ) : null}
    </>
  );
}

function Earlier({ detail }: { detail: InspectionDetail }) {
  const t = useTexts(inspector);
  const format = useFormat();
  if (detail.blind && detail.register.length === 0) return <p className="muted">{t.beside.hidden}</p>;
  if (detail.register.length === 0) return <p className="muted">{t.beside.noEarlier}</p>;
  return (
    <ul className="line-list">
      {detail.register.map((entry) => (
        <li key={entry.id}>
          <span className="row spread">
            <span>
              {t.register.entries[entry.entry]}
              {entry.qualified === null ? null : (
                <>
                  {' '}
                  <Badge tone={entry.qualified ? 'ok' : 'bad'}>
                    {entry.qualified ? t.judge.verdict.qualified : t.judge.verdict.unqualified}
                  </Badge>
                </>
              )}
            </span>
            <span className="muted small">
              {entry.by?.name} {format.dateTime(entry.at)}
            </span>
          </span>
          {entry.about === null && entry.text === '' ? null : (
            <p className="small">{[entry.about?.name ?? '', entry.text].filter((part) => part !== '').join(' · ')}</p>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What lies beside the form: the approved script, what the agent recorded, and (unless blind) what was said before. */
function Sold({ offer, language }: { offer: SoldOffer; language: Locale }) {
  return (
    <>
      <p className="strong">{useOfferName(offer)}</p>
      <p className="prewrap">
        <Said words={offer.text} language={language} />
      </p>
    </>
  );
}

export function Beside({ detail }: { detail: InspectionDetail }) {
  const t = useTexts(inspector).beside;
  const o = useTexts(offers).desk;
  const { locale } = useLocale();
  const { scriptVersionId, conversation, blind } = detail;
  const language = spokenAs(detail.language) ?? locale;
  const script = useQuery({
    queryKey: ['script-version', scriptVersionId],
    queryFn: ({ signal }) => api('GET /api/script-versions/:id', { params: { id: scriptVersionId ?? '' }, signal }),
    enabled: scriptVersionId !== null,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className="column">
      <FollowUp detail={detail} />
      <Panel title={t.script}>
        {scriptVersionId === null ? (
          <p className="muted">{t.noScript}</p>
        ) : (
          <QueryView query={script}>
            {(version) => (
              <ScriptText script={version} ticked={blind ? null : conversation.mustSayTicked} language={language} />
            )}
          </QueryView>
        )}
      </Panel>
      {detail.offer === null ? null : (
        <Panel title={o.sold}>
          <Sold offer={detail.offer} language={language} />
        </Panel>
      )}
      <Panel title={t.conversation}>
        <Conversation detail={detail} />
      </Panel>
      <Panel title={t.earlier}>
        <Earlier detail={detail} />
      </Panel>
    </div>
  );
}
