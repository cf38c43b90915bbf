/**
 * Days and times of day, written and picked in the language of the page whatever the browser's own is. They can be typed: every
 * field also takes 2026-09-30 and 14:30. Values are plain texts, as the contract has them; empty while nothing is chosen.
 */
import { DatePicker, TimePicker } from 'antd';
import enGB from 'antd/es/date-picker/locale/en_GB.js';
import zhCN from 'antd/es/date-picker/locale/zh_CN.js';
import dayjs, { type Dayjs } from 'dayjs';
import 'dayjs/locale/en-gb.js';
import 'dayjs/locale/zh-cn.js';
import { useLocale } from '../i18n/locale.tsx';

/** Bundlers hand over the locale itself, CommonJS loaders a module with `default`. */
const own = <T,>(module: T | { default: T }): T =>
  typeof module === 'object' && module !== null && 'default' in module ? module.default : module;
const locales = { en: own(enGB), zh: own(zhCN) };
/** The first is how it is shown; the others are understood besides. */
const dayFormats = {
  en: ['D MMM YYYY', 'YYYY-MM-DD', 'D/M/YYYY'],
  zh: ['YYYY年M月D日', 'YYYY-MM-DD', 'YYYY/M/D'],
};
const momentFormats = {
  en: ['D MMM YYYY, HH:mm', 'YYYY-MM-DD HH:mm', 'D/M/YYYY HH:mm'],
  zh: ['YYYY年M月D日 HH:mm', 'YYYY-MM-DD HH:mm', 'YYYY/M/D HH:mm'],
};

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
  const { locale } = useLocale();
  return (
    <DatePicker
      {...rest}
      className={rest.className ?? 'full-width'}
      locale={locales[locale]}
      format={dayFormats[locale]}
      {...(notBefore === '' ? {} : { minDate: dayjs(notBefore) })}
      value={value === '' ? null : dayjs(value)}
      onChange={(day: Dayjs | null) => change(day === null ? '' : day.format('YYYY-MM-DD'))}
    />
  );
}

/** A time of day, HH:mm. */
export function TimeField({ value, change, ...rest }: Common & { value: string; change: (time: string) => void }) {
  const { locale } = useLocale();
  return (
    <TimePicker
      {...rest}
      locale={locales[locale]}
      format="HH:mm"
      minuteStep={5}
      needConfirm={false}
      value={value === '' ? null : dayjs(`2000-01-01T${value}`)}
      onChange={(time: Dayjs | null) => change(time === null ? '' : time.format('HH:mm'))}
    />
  );
}

/** A moment by the clock of this computer, epoch ms. */
export function MomentField({
  value,
  change,
  ...rest
}: Common & { value: number | null; change: (at: number | null) => void }) {
  const { locale } = useLocale();
  return (
    <DatePicker
      {...rest}
      className={rest.className ?? 'full-width'}
      locale={locales[locale]}
      format={momentFormats[locale]}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      needConfirm={false}
      value={value === null ? null : dayjs(value)}
      onChange={(moment: Dayjs | null) => change(moment === null ? null : moment.valueOf())}
    />
  );
}
