/**
 * Days and times of day, written and picked in the language of the page whatever the browser's own is. They can be typed: every
 * field also takes 2026-09-30 and 14:30. Values are plain texts, as the contract has them; empty while nothing is chosen.
 */
import { AutoComplete, Button, DatePicker, type DatePickerProps } from 'antd';
import enGB from 'antd/es/date-picker/locale/en_GB.js';
import zhCN from 'antd/es/date-picker/locale/zh_CN.js';
import dayjs, { type Dayjs } from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import 'dayjs/locale/en-gb.js';
import 'dayjs/locale/zh-cn.js';
import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react';
import { common } from '../i18n/common/index.ts';
import { useLocale, useTexts } from '../i18n/locale.tsx';
import { localMoment } from './local-moment.ts';

dayjs.extend(customParseFormat);

type PickerLocale = NonNullable<DatePickerProps['locale']>;

/** Bundlers hand over the locale itself, CommonJS loaders a module with `default`. */
const own = <T,>(module: T | { default: T }): T =>
  typeof module === 'object' && module !== null && 'default' in module ? module.default : module;
/** The buttons of month and year are called what they show. */
const plain = (locale: PickerLocale): PickerLocale => ({
  ...locale,
  lang: { ...locale.lang, monthSelect: '', yearSelect: '', decadeSelect: '' },
});
const locales = { en: plain(own(enGB)), zh: plain(own(zhCN)) };
const alsoUnderstood = ['YYYY-MM-DD', 'YYYY/M/D', 'D/M/YYYY'];

type Common = {
  id?: string;
  'aria-describedby'?: string;
  'aria-label'?: string;
  'aria-invalid'?: boolean;
  disabled?: boolean;
  className?: string;
};

/** A calendar day, YYYY-MM-DD. `notBefore`: the first that can be chosen. */
export function DateField({
  value,
  change,
  notBefore = '',
  ...rest
}: Common & { value: string; change: (day: string) => void; notBefore?: string }) {
  const c = useTexts(common);
  const { locale } = useLocale();
  const formats = [c.dayFormat, ...alsoUnderstood];
  /** The picker keeps what was typed until a moment after it lost the focus: too late for the button that is pressed next. */
  const leave = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLInputElement)) return;
    const typed = dayjs(target.value, formats, true);
    const day = typed.isValid() ? typed.format('YYYY-MM-DD') : '';
    if (day !== '' && day !== value && day >= notBefore) change(day);
  };
  const open = useRef(false);
  /** Enter takes over the day that is shown, and must not send the form around it as well. */
  const choose = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && open.current) event.preventDefault();
  };
  return (
    <span className="contents" onBlurCapture={leave} onKeyDownCapture={choose}>
      <DatePicker
        {...rest}
        className={rest.className ?? 'full-width'}
        locale={locales[locale]}
        format={formats}
        {...(notBefore === '' ? {} : { minDate: dayjs(notBefore) })}
        onOpenChange={(opened) => {
          open.current = opened;
        }}
        value={value === '' ? null : dayjs(value)}
        onChange={(day: Dayjs | null) => change(day === null ? '' : day.format('YYYY-MM-DD'))}
      />
    </span>
  );
}

const halfHours = Array.from({ length: 48 }, (_, index) => {
  const two = (value: number) => String(value).padStart(2, '0');
  return { value: `${two(Math.floor(index / 2))}:${index % 2 === 0 ? '00' : '30'}` };
});

/** What was typed as HH:mm; null while it is none. */
function timeOf(text: string): string | null {
  const [, hour, minute] = /^(\d{1,2})[:\uff1a.](\d{2})$/.exec(text.trim()) ?? [];
  return Number(hour) < 24 && Number(minute) < 60 ? `${hour?.padStart(2, '0')}:${minute}` : null;
}

/** A time of day, HH:mm: typed, or chosen from the half hours. */
export function TimeField({ value, change, ...rest }: Common & { value: string; change: (time: string) => void }) {
  const [typed, type] = useState<string | null>(null);
  return (
    <AutoComplete
      {...rest}
      className={`time-input ${rest.className ?? ''}`}
      value={typed ?? value}
      options={halfHours}
      showSearch={{ filterOption: (text, option) => option?.value.startsWith(text) ?? true }}
      onChange={(text: string) => {
        const time = timeOf(text);
        type(text);
        if (time !== null || text === '') change(time ?? '');
      }}
      onBlur={() => type(null)}
      placeholder="--:--"
    />
  );
}

/**
 * A moment by the clock of this computer, epoch ms. `time`: the time of day where only a day was chosen; `notBefore`: days before
 * the one of this moment cannot be chosen.
 */
export function MomentField(
  props: Common & { value: number | null; change: (at: number | null) => void; time?: string; notBefore?: number },
) {
  const { value, change, time = '', notBefore, ...rest } = props;
  const c = useTexts(common);
  const [half, setHalf] = useState({ day: '', time: '' });
  const shown = value === null ? half : { day: dayjs(value).format('YYYY-MM-DD'), time: dayjs(value).format('HH:mm') };
  const set = (part: { day?: string; time?: string }) => {
    const next = { ...shown, ...part };
    setHalf(next);
    change(localMoment(writtenOf(next, time))?.at ?? null);
  };
  return (
    <>
      <div className="row moment-field">
        <DateField
          {...rest}
          className="grow"
          {...(notBefore === undefined ? {} : { notBefore: dayjs(notBefore).format('YYYY-MM-DD') })}
          value={shown.day}
          change={(day) => set({ day })}
        />
        <TimeField
          aria-label={c.timeOfDay}
          disabled={rest.disabled ?? false}
          value={shown.time}
          change={(text) => set({ time: text })}
        />
      </div>
      {value === null ? null : <ClockChange value={value} written={writtenOf(half, time)} change={change} />}
    </>
  );
}

const writtenOf = ({ day, time }: { day: string; time: string }, otherwise: string): string =>
  `${day}T${time === '' ? otherwise : time}`;

/** In the nights in which the clocks are changed: what was made of a time that there is not, and which of two is meant. */
function ClockChange(props: { value: number; written: string; change: (at: number) => void }) {
  const { value, written, change } = props;
  const c = useTexts(common).clockChange;
  const clock = (at: number) => dayjs(at).format('HH:mm');
  const asked = localMoment(written);
  if (asked?.comes === 'missing' && asked.at === value)
    return (
      <p className="field-hint" role="status">
        {c.missing(written.slice(-5), clock(value))}
      </p>
    );
  const shown = localMoment(dayjs(value).format('YYYY-MM-DDTHH:mm'));
  if (shown === null || shown.second === null) return null;
  return (
    <div className="quick" role="status">
      <span className="field-hint">{c.twice(clock(value))}</span>
      {[shown.at, shown.second].map((at, index) => (
        <Button
          key={at}
          size="small"
          type={at === value ? 'primary' : 'default'}
          aria-pressed={at === value}
          onClick={() => change(at)}
        >
          {index === 0 ? c.first : c.second}
        </Button>
      ))}
    </div>
  );
}
