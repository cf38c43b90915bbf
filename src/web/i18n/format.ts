/** The days of a week as ISO counts them, Monday first. */
export const isoDays = [1, 2, 3, 4, 5, 6, 7];

/** Numbers, shares, dates and durations as the page's language writes them. Times are epoch milliseconds. */
export type Format = {
  /** Whole as it is, else with one digit. */
  number(value: number | null | undefined): string;
  /** Always one digit after the point, so that a column lines up. */
  tenths(value: number): string;
  /** Up to three digits, for settings that are entered so. */
  exact(value: number): string;
  /** Hundredths of a currency that the product does not know, always with both digits; `–` where there are none. */
  amount(hundredths: number | null): string;
  /** A share 0…1 as per cent with one digit; `–` where there is none. */
  percent(share: number | null | undefined, digits?: number): string;
  time(at: number): string;
  timeSeconds(at: number): string;
  date(at: number): string;
  dateTime(at: number): string;
  /** Day and time without the year, for what is near. */
  moment(at: number): string;
  weekday(isoDay: number): string;
  /** A calendar day (YYYY-MM-DD) among those of a week, and the same where room is short. */
  day(day: string): string;
  shortDay(day: string): string;
  /** The month of a calendar day. */
  month(day: string): string;
  /** From and to a calendar day (YYYY-MM-DD), both included. */
  days(from: string, to: string): string;
  /** 4:07 or 1:02:09. */
  clock(ms: number): string;
  /** The same of a length that may not be known yet. */
  length(ms: number | null): string;
  /** Whole hours and minutes: 3 h 20 min, 3 h, 20 min; 3 小时 20 分钟. */
  hours(ms: number): string;
  bytes(count: number): string;
  /** A language by its tag; the tag itself where there is no word for it. */
  language(tag: string): string;
  /** Several things after one another, as the language divides them. */
  list(items: readonly string[]): string;
  /** A name and what is said of it. */
  named(name: string, text: string): string;
};

const none = '–';

type Words = {
  hour: string;
  minute: string;
  comma: string;
  colon: string;
  /** Two different calendar days, where the browser's own range is not how people write it. */
  range?: (from: string, to: string) => string;
};

/** 2026年9月14日–20日: the browser would write 2026/9/14 – 2026/9/20. What both days share is said once. */
function chineseRange(from: string, to: string): string {
  const [first, last] = [from, to].map((day) => day.split('-').map(Number));
  const [year, month, day] = last ?? [];
  const [sinceYear, sinceMonth, sinceDay] = first ?? [];
  const end = year !== sinceYear ? `${year}年${month}月` : month !== sinceMonth ? `${month}月` : '';
  return `${sinceYear}年${sinceMonth}月${sinceDay}日–${end}${day}日`;
}

function clock(ms: number): string {
  const whole = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

function formatFor(tag: string, words: Words): Format {
  const number = new Intl.NumberFormat(tag, { maximumFractionDigits: 1 });
  const tenths = new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const languages = new Intl.DisplayNames(tag, { type: 'language' });
  const exact = new Intl.NumberFormat(tag);
  const amount = new Intl.NumberFormat(tag, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const time = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const seconds = new Intl.DateTimeFormat(tag, { timeStyle: 'medium', hourCycle: 'h23' });
  const date = new Intl.DateTimeFormat(tag, { dateStyle: 'medium' });
  const dateTime = new Intl.DateTimeFormat(tag, {
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const moment = new Intl.DateTimeFormat(tag, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  // Calendar days belong to no zone.
  const day = new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' });
  const dayOfWeek = new Intl.DateTimeFormat(tag, { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
  const shortDay = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(tag, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const weekday = new Intl.DateTimeFormat(tag, { weekday: 'short', timeZone: 'UTC' });
  const shares = new Map<number, Intl.NumberFormat>();
  const share = (digits: number) => {
    const known = shares.get(digits);
    if (known) return known;
    const made = new Intl.NumberFormat(tag, {
      style: 'percent',
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
    shares.set(digits, made);
    return made;
  };
  return {
    number: (value) => (value === null || value === undefined ? none : number.format(value)),
    amount: (hundredths) => (hundredths === null ? none : amount.format(hundredths / 100)),
    exact: (value) => exact.format(value),
    tenths: (value) => tenths.format(value),
    percent: (value, digits = 1) => (value === null || value === undefined ? none : share(digits).format(value)),
    time: (at) => time.format(at),
    timeSeconds: (at) => seconds.format(at),
    date: (at) => date.format(at),
    dateTime: (at) => dateTime.format(at),
    moment: (at) => moment.format(at),
    // 1 January 2024 was a Monday.
    weekday: (isoDay) => weekday.format(Date.UTC(2024, 0, isoDay)),
    day: (text) => dayOfWeek.format(Date.parse(text)),
    shortDay: (text) => shortDay.format(Date.parse(text)),
    month: (text) => month.format(Date.parse(text)),
    days: (from, to) =>
      words.range && from !== to ? words.range(from, to) : day.formatRange(Date.parse(from), Date.parse(to)),
    clock,
    length: (ms) => (ms === null ? none : clock(ms)),
    hours: (ms) => {
      const minutes = Math.round(ms / 60_000);
      const [h, m] = [Math.floor(minutes / 60), minutes % 60];
      if (h > 0 && m === 0) return `${h}${words.hour.trimEnd()}`;
      return h > 0 ? `${h}${words.hour}${m}${words.minute}` : `${m}${words.minute}`;
    },
    bytes: (count) =>
      count < 1_048_576 ? `${number.format(Math.ceil(count / 1024))} KB` : `${(count / 1_048_576).toFixed(1)} MB`,
    // What comes after language, script and country is no word of everyday language, and some of it no browser takes.
    language: (named) =>
      languages.of(/^[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2})?(?![^-])/i.exec(named)?.[0] ?? 'und') ?? named,
    list: (items) => items.join(words.comma),
    named: (name, text) => `${name}${words.colon}${text}`,
  };
}

export const formats: Record<'en' | 'zh', Format> = {
  en: formatFor('en-GB', { hour: ' h ', minute: ' min', comma: ', ', colon: ': ' }),
  zh: formatFor('zh-CN', { hour: ' 小时 ', minute: ' 分钟', comma: '、', colon: '：', range: chineseRange }),
};
