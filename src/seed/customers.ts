/** What the pretended operator tells of its customers: the months before the present one, with bills that fit what the lists call people. */
import { monthPlus } from '../../dialer/index.ts';
import { demoContact } from './contacts.ts';

const toldMonths = 4;
const bills: Readonly<Record<string, readonly [from: number, to: number]>> = {
  member: [1_050, 2_400],
  VIP: [510, 990],
};
/** Of a thousand customers, so many leave service in a month, each in one of these ways. */
const leaving = 6;
const left = ['lost', 'suspended', 'arrears', 'pre-cancelled', 'cancelled'] as const;

/** A number that looks like chance and is the same for the same person and month. */
const mixed = (person: number, salt: number): number => Math.imul(person * 31 + salt + 1, 0x9e3779b1) >>> 8;

/** The months that are told, the oldest first, each as a file. */
export function demoCustomers(thisMonth: string, people: number): { month: string; file: Uint8Array }[] {
  return Array.from({ length: toldMonths }, (_, back) => monthPlus(thisMonth, back - toldMonths)).map((month, at) => {
    const lines = ['phone,status,bill,services,contribution,tenure_start,contract_end,changes'];
    for (let person = 0; person < people; person += 1) lines.push(lineOf(person, month, at));
    return { month, file: Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8') };
  });
}

function lineOf(person: number, month: string, at: number): string {
  const { number, segment } = demoContact(person);
  const [from, to] = bills[segment] ?? [15, 480];
  const usual = from + (mixed(person, 1) % (to - from));
  // Now and then a month is far above or below what is usual: what the warnings look for.
  const odd = mixed(person, 40 + at) % 50;
  const bill = odd === 0 ? usual * 4 : odd === 1 ? usual / 5 : usual * (0.95 + (mixed(person, 10 + at) % 100) / 1_000);
  const gone = Array.from({ length: at + 1 }, (_, before) => mixed(person, 20 + before) % 1_000 < leaving);
  const status = gone.includes(true) ? (left[mixed(person, 3) % left.length] ?? 'lost') : 'in-service';
  const year = Number(month.slice(0, 4));
  const since =
    segment === 'new user'
      ? `${monthPlus(month, -at)}-05`
      : `${year - 1 - (mixed(person, 4) % 12)}-0${1 + (person % 9)}-15`;
  const contract = person % 3 === 0 ? `${monthPlus(month, 1 + (mixed(person, 5) % 20) - at)}-28` : '';
  const services = 1 + (mixed(person, 6) % 5);
  const change = mixed(person, 60 + at) % 80 === 0 ? 'moved' : '';
  const paid = status === 'in-service' ? bill : bill / 10;
  return [number, status, paid.toFixed(2), services, (paid * 0.3).toFixed(2), since, contract, change].join(',');
}
