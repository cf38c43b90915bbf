import { Button, Input } from 'antd';
import { useId } from 'react';
import { forms } from '../../i18n/forms/index.ts';
import { useTexts } from '../../i18n/locale.tsx';
import { Icon } from '../../shared/icons.tsx';
import type { Spoken } from './draft.ts';

const languages = ['en', 'zh'] as const;

/** Words in both languages, side by side. */
export function BothLanguages(props: {
  label: string;
  value: Spoken;
  disabled?: boolean;
  change: (value: Spoken) => void;
}) {
  const t = useTexts(forms).inLanguage;
  const id = useId();
  return (
    <div className="form-languages">
      {languages.map((language) => (
        <div key={language}>
          <label className="muted small" htmlFor={`${id}-${language}`}>
            {t[language]}
          </label>
          <Input.TextArea
            id={`${id}-${language}`}
            aria-label={`${props.label}, ${t[language]}`}
            placeholder={props.label}
            lang={language === 'zh' ? 'zh-CN' : 'en'}
            autoSize={{ minRows: 1, maxRows: 4 }}
            maxLength={400}
            disabled={props.disabled ?? false}
            status={props.value[language].trim() === '' ? 'warning' : ''}
            value={props.value[language]}
            onChange={(event) => props.change({ ...props.value, [language]: event.target.value })}
          />
        </div>
      ))}
    </div>
  );
}

/** What files and figures call a thing, named as that. A code may be written while it is new; afterwards figures hang on it. */
export function CodeInput(props: {
  label: string;
  /** What it is called here; otherwise simply a code. */
  name?: string;
  value: string;
  fixed: boolean;
  change: (value: string) => void;
}) {
  const t = useTexts(forms);
  const id = useId();
  const name = props.name ?? t.code;
  if (props.fixed)
    return (
      <span className="muted small form-code">
        {name} <code>{props.value}</code>
      </span>
    );
  return (
    <span className="form-code">
      <label className="muted small" htmlFor={id}>
        {name}
      </label>
      <Input
        id={id}
        aria-label={`${props.label}: ${name}`}
        title={t.codeHint}
        value={props.value}
        maxLength={29}
        onChange={(event) => props.change(event.target.value.trim().toLowerCase())}
      />
    </span>
  );
}

/** Further up, further down, and away: retired where it was published, removed where it is new. */
export function PlaceButtons(props: {
  name: string;
  first: boolean;
  last: boolean;
  move?: (by: -1 | 1) => void;
  /** Null: it was published and can only be retired. */
  remove: (() => void) | null;
  retired: boolean;
  retire: (retired: boolean) => void;
}) {
  const t = useTexts(forms);
  const { name, first, last, move, remove, retired, retire } = props;
  return (
    <span className="row form-place">
      {move ? (
        <>
          <Button
            size="small"
            type="text"
            aria-label={t.up(name)}
            disabled={first}
            icon={<Icon name="up" size={16} />}
            onClick={() => move(-1)}
          />
          <Button
            size="small"
            type="text"
            aria-label={t.down(name)}
            disabled={last}
            icon={<Icon name="down" size={16} />}
            onClick={() => move(1)}
          />
        </>
      ) : null}
      {remove === null ? (
        <Button
          size="small"
          aria-label={`${retired ? t.bringBack : t.retire}: ${name}`}
          onClick={() => retire(!retired)}
        >
          {retired ? t.bringBack : t.retire}
        </Button>
      ) : (
        <Button size="small" aria-label={`${t.removeNew}: ${name}`} onClick={remove}>
          {t.removeNew}
        </Button>
      )}
    </span>
  );
}
