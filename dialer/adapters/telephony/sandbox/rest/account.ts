import { hashText } from '../chance.ts';
import { isoDay, rfc2822, wholeSeconds } from '../format.ts';
import { talkMs } from '../calls/call.ts';
import { isE164 } from '../numbers/number-book.ts';
import type { World } from '../world.ts';
import type { RestReply, RestRequest, Route } from './http.ts';
import { notFound, ok } from './http.ts';
import { page } from './pages.ts';
import { base } from './show-call.ts';

function showAccount(world: World): Record<string, unknown> {
  const made = rfc2822(world.numbers.startedAt);
  const resources = ['calls', 'conferences', 'recordings', 'queues', 'messages', 'notifications', 'applications'];
  const uris = resources.map((name) => [name, `${base(world)}/${name[0]?.toUpperCase()}${name.slice(1)}.json`]);
  return {
    sid: world.identity.accountSid,
    owner_account_sid: world.identity.accountSid,
    auth_token: world.identity.authToken,
    date_created: made,
    date_updated: made,
    friendly_name: 'Sandbox',
    status: 'active',
    type: 'Full',
    uri: `${base(world)}.json`,
    subresource_uris: Object.fromEntries(uris),
  };
}

/** Usage of the calls and messages that are still remembered; every span shows the same. */
function usage(world: World, request: RestRequest): RestReply {
  const wanted = request.query.get('Category');
  const today = isoDay(world.clock.now());
  const calls = world.calls.newestFirst().filter((call) => call.endedAt !== null);
  const minutes = (one: (typeof calls)[number]) => Math.ceil(wholeSeconds(talkMs(one)) / 60);
  const sum = (direction: string) => calls.filter((call) => direction === '' || call.direction === direction);
  const records = [
    { category: 'calls', of: sum(''), unit: 'minutes' },
    { category: 'calls-outbound', of: sum('outbound-api'), unit: 'minutes' },
    { category: 'calls-inbound', of: sum('inbound'), unit: 'minutes' },
  ].map(({ category, of, unit }) => ({
    category,
    count: of.length,
    usage: of.reduce((n, call) => n + minutes(call), 0),
    unit,
  }));
  const messages = world.messages.newestFirst().length;
  records.push({ category: 'sms', count: messages, usage: messages, unit: 'messages' });
  const shown = records.filter((one) => !wanted || one.category === wanted);
  const show = (one: (typeof records)[number]) => ({
    account_sid: world.identity.accountSid,
    api_version: '2010-04-01',
    as_of: new Date(world.clock.now()).toISOString(),
    category: one.category,
    count: String(one.count),
    count_unit: one.category === 'sms' ? 'messages' : 'calls',
    description: one.category,
    start_date: request.query.get('StartDate') ?? today,
    end_date: request.query.get('EndDate') ?? today,
    price: (one.usage * 0.014).toFixed(5),
    price_unit: 'usd',
    usage: String(one.usage),
    usage_unit: one.unit,
    uri: `${base(world)}/Usage/Records.json?Category=${one.category}`,
    subresource_uris: {},
  });
  return page(request, 'usage_records', shown, (one) => one.category, show);
}

const LINE_TYPES = ['mobile', 'landline', 'nonFixedVoip'] as const;

/** Lookup v2 (another domain at the carrier, the same base here); nonsense is 20404. */
function lookup(world: World, request: RestRequest): RestReply {
  const number = request.at.number ?? '';
  if (!isE164(number)) return notFound(request.path);
  const fields = (request.query.get('Fields') ?? '').split(',');
  const type = number.startsWith('+447') ? 'mobile' : (LINE_TYPES[hashText(number) % LINE_TYPES.length] ?? 'mobile');
  const country = number.startsWith('+44') ? ['44', 'GB'] : number.startsWith('+86') ? ['86', 'CN'] : ['1', 'US'];
  const code = country[0] ?? '';
  const intelligence = {
    error_code: null,
    mobile_country_code: null,
    mobile_network_code: null,
    carrier_name: 'Sandbox',
    type,
  };
  return ok({
    calling_country_code: code,
    country_code: country[1],
    phone_number: number,
    national_format: number.slice(code.length + 1),
    valid: true,
    validation_errors: [],
    caller_name: null,
    sim_swap: null,
    call_forwarding: null,
    line_status: null,
    line_type_intelligence: fields.includes('line_type_intelligence') ? intelligence : null,
    identity_match: null,
    reassigned_number: null,
    sms_pumping_risk: null,
    phone_number_quality_score: null,
    pre_fill: null,
    url: `${world.baseUrl}/v2/PhoneNumbers/${number}`,
  });
}

const ACCOUNT = '/2010-04-01/Accounts/:account';
const SPANS = ['Today', 'Yesterday', 'Daily', 'Monthly', 'ThisMonth', 'LastMonth', 'Yearly', 'AllTime'];

export const accountRoutes: readonly Route[] = [
  { method: 'GET', pattern: `${ACCOUNT}.json`, handle: (world) => ok(showAccount(world)) },
  {
    method: 'GET',
    pattern: `${ACCOUNT}/Balance.json`,
    handle: (world) => ok({ account_sid: world.identity.accountSid, balance: '1000.00', currency: 'USD' }),
  },
  { method: 'GET', pattern: `${ACCOUNT}/Usage/Records.json`, handle: usage },
  ...SPANS.map((span): Route => ({ method: 'GET', pattern: `${ACCOUNT}/Usage/Records/${span}.json`, handle: usage })),
  { method: 'GET', pattern: '/v2/PhoneNumbers/:number', handle: lookup },
];
