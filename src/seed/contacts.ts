/**
 * People who do not exist, on numbers that nobody has: +1 NXX 555 01XX (North American Numbering Plan, reserved for fiction)
 * with real area codes, and +44 7700 900XXX (Ofcom's numbers for drama).
 */
const zones: readonly (readonly [zone: string, region: string, areaCodes: readonly number[]])[] = [
  ['America/New_York', 'New York', [212, 315, 347, 516, 518, 585, 607, 631, 646, 716, 718, 845, 914, 917]],
  ['America/New_York', 'Massachusetts', [339, 351, 413, 508, 617, 774, 781, 857, 978]],
  ['America/New_York', 'Georgia', [404, 470, 478, 678, 706, 762, 770, 912]],
  ['America/Chicago', 'Illinois', [217, 224, 309, 312, 331, 618, 630, 708, 773, 779, 815, 847]],
  ['America/Chicago', 'Texas', [210, 214, 254, 281, 325, 361, 409, 430, 432, 469, 512, 682, 713, 737]],
  ['America/Denver', 'Colorado', [303, 719, 720, 970]],
  ['America/Phoenix', 'Arizona', [480, 520, 602, 623, 928]],
  ['America/Los_Angeles', 'California', [209, 213, 310, 323, 408, 415, 424, 510, 530, 559, 562, 619, 626]],
  ['America/Los_Angeles', 'Washington', [206, 253, 360, 425, 509]],
];
const british = { zone: 'Europe/London', region: 'United Kingdom', numbers: 1000 };

const given =
  'Wei Fang Jun Min Lei Yan Tao Xin Bo Qing Emma Noah Olivia Liam Ava Lucas Mia Ethan Ella Owen Ruth Carl Nora Ivan'.split(
    ' ',
  );
const family =
  'Chen Wang Li Zhang Liu Yang Huang Wu Zhou Xu Smith Brown Garcia Miller Davis Lopez Wilson Moore Clark Hall Young King'.split(
    ' ',
  );
const chinese = '陈王李张刘杨黄吴周徐孙马朱胡郭何林高罗郑'.split('');
const chineseGiven = '伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚'.split(' ');
const tariffs = ['Basic 19', 'Plus 39', 'Family 59', 'Light 9'];
const segments = ['member', 'VIP', 'new user', 'ordinary'];

export type DemoContact = {
  name: string;
  number: string;
  zone: string;
  region: string;
  tariff: string;
  segment: string;
};

/** The `index`-th person of the pretend world; every index has a number of its own. There are `worldSize` of them. */
export function demoContact(index: number): DemoContact {
  const mixed = Math.imul(index + 1, 0x9e3779b1) >>> 0;
  const name =
    mixed % 3 === 0
      ? `${pick(chinese, mixed >>> 3)}${pick(chineseGiven, mixed >>> 8)}${(mixed >>> 13) % 2 === 0 ? pick(chineseGiven, mixed >>> 17) : ''}`
      : `${pick(given, mixed >>> 3)} ${pick(family, mixed >>> 9)}`;
  return { name, tariff: pick(tariffs, mixed >>> 5), segment: pick(segments, mixed >>> 11), ...place(index) };
}

const areas = zones.flatMap(([zone, region, codes]) => codes.map((code) => ({ zone, region, code })));
export const worldSize = areas.length * 100 + british.numbers;

/** Neighbouring indexes lie in different places; every seventh or so in Britain until its numbers are used up. */
function place(index: number): Pick<DemoContact, 'number' | 'zone' | 'region'> {
  if (index < 0 || index >= worldSize) throw new RangeError('The pretend world has no more numbers.');
  const britishSoFar = Math.min(british.numbers, Math.floor(index / 7));
  if (index % 7 === 6 && britishSoFar < british.numbers) {
    const number = `+447700900${String(britishSoFar).padStart(3, '0')}`;
    return { number, zone: british.zone, region: british.region };
  }
  const rest = index - Math.min(british.numbers, Math.floor((index + 1) / 7));
  const area = areas[rest % areas.length];
  if (area === undefined) throw new RangeError('The pretend world has no such place.');
  const line = String(Math.floor(rest / areas.length)).padStart(2, '0');
  return { number: `+1${area.code}55501${line}`, zone: area.zone, region: area.region };
}

function pick<T>(from: readonly T[], at: number): T {
  const item = from[at % from.length];
  if (item === undefined) throw new RangeError('empty');
  return item;
}

/** A list as a file, people `from` … `from + count - 1`, with a few lines that are wrong, as lists have. */
export function demoList(from: number, count: number, faulty: boolean): Uint8Array {
  const lines = ['name,phone,time_zone,region,tariff,segment'];
  for (let i = 0; i < count; i += 1) {
    const { name, number, zone, region, tariff, segment } = demoContact(from + i);
    lines.push([name, number, zone, region, tariff, segment].join(','));
    if (!faulty) continue;
    if (i % 400 === 150) lines.push([name, number, zone, region, tariff, segment].join(','));
    if (i % 700 === 300) lines.push(`${name},12,${zone},${region},${tariff},${segment}`);
    if (i % 900 === 500) lines.push(`${name},,${zone},${region},${tariff},${segment}`);
    if (i % 1100 === 700)
      lines.push(`${name},${number.slice(0, 7)}5550199,Mars/Olympus,${region},${tariff},${segment}`);
  }
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8');
}
