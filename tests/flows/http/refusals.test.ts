import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../../src/contract/routes.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type HttpRig, openHttpRig } from './rig.ts';

describe('what the API refuses', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  beforeAll(async () => {
    rig = await openHttpRig(database());
    await rig.makeUser({ username: 'admin', role: 'administrator' });
    await rig.makeUser({ username: 'agent', role: 'agent' });
    await rig.makeUser({ username: 'boss', role: 'manager' });
    await rig.makeUser({ username: 'lead', role: 'lead' });
  });
  afterAll(() => rig.close());

  test('a change without the page’s token, or with another session’s', async () => {
    const admin = await rig.signedIn('admin');
    const other = await rig.signedIn('agent');
    const body = { name: 'Client of the test' };
    const without = await admin.ask('POST', '/api/clients', body, { 'x-csrf-token': '' });
    const foreign = await admin.ask('POST', '/api/clients', body, { 'x-csrf-token': other.csrf });
    for (const { status, body: problem, headers } of [without, foreign]) {
      expect({ status, problem }).toMatchObject({ status: 403, problem: { code: 'csrf-token' } });
      expect(headers['content-type']).toContain('application/problem+json');
    }
    expect(await database().database.client.client.count()).toBe(0);
    expect((await admin.ask('POST', '/api/clients', body)).status).toBe(201);
  });

  test('a wrong body, naming the field', async () => {
    const admin = await rig.signedIn('admin');
    const answer = await admin.ask('POST', '/api/users', {
      username: 'X',
      password: 'short',
      displayName: 'A',
      role: 'king',
    });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ code: 'request-invalid', retryable: false });
    const { faults } = answer.body as { faults: { field: string }[] };
    expect(faults.map(({ field }) => field).sort()).toEqual(['body.password', 'body.role', 'body.username']);
    expect((await admin.ask('GET', '/api/users/not-an-id')).body).toMatchObject({ field: 'params.id' });
    expect((await admin.ask('GET', '/api/users?limit=0')).body).toMatchObject({ field: 'querystring.limit' });
  });

  test('what no store or calendar can hold, naming the field; every real letter is taken', async () => {
    const admin = await rig.signedIn('admin');
    const far = { items: [{ date: '9999-12-31', working: true, label: '' }] };
    const cases = [
      ['GET', '/api/users?q=a%00b', undefined, 'querystring.q'],
      ['POST', '/api/clients', { name: 'a\u0000b' }, 'body.name'],
      ['POST', '/api/clients', { name: 'half a pair \ud83d' }, 'body.name'],
      ['GET', '/api/audit?from=9007199254740991', undefined, 'querystring.from'],
      ['GET', '/api/audit?to=-9007199254740991', undefined, 'querystring.to'],
      ['GET', '/api/audit?after=words', undefined, 'querystring.after'],
      ['PUT', '/api/centres/00000000-0000-4000-8000-000000000000/calendar', far, 'body.items.0.date'],
      ['GET', '/api/forms/conduct/9007199254740991', undefined, 'params.version'],
      ['GET', '/api/form-changes/conduct?from=1&to=2147483648', undefined, 'querystring.to'],
      ['DELETE', '/api/form-drafts/conduct?revision=9007199254740991', undefined, 'querystring.revision'],
    ] as const;
    for (const [method, url, body, field] of cases)
      expect({ url, ...(await admin.ask(method, url, body)) }).toMatchObject({ url, status: 400, body: { field } });
    const boss = await rig.signedIn('boss');
    for (const after of ['words', '9999999999999999999'])
      expect(await boss.ask('GET', `/api/inspection-register?after=${after}`)).toMatchObject({
        status: 400,
        body: { field: 'querystring.after' },
      });
    for (const list of ['attempts', 'recordings', 'blacklist', 'agent/calls'])
      expect({ list, ...(await boss.ask('GET', `/api/${list}?after=1_${'-'.repeat(36)}`)) }).toMatchObject({
        list,
        status: 400,
        body: { field: 'querystring.after' },
      });
    const name = '😀 مرحبا 张伟';
    expect(await admin.ask('POST', '/api/clients', { name })).toMatchObject({ status: 201, body: { name } });
  });

  test('text that is no JSON, and too much of it', async () => {
    const admin = await rig.signedIn('admin');
    const headers = { cookie: admin.cookie(), 'x-csrf-token': admin.csrf, 'content-type': 'application/json' };
    const broken = await rig.app.inject({ method: 'POST', url: '/api/clients', headers, payload: '{"name":' });
    expect({ status: broken.statusCode, body: broken.json() }).toMatchObject({
      status: 400,
      body: { retryable: false },
    });
    const payload = JSON.stringify({ name: 'x'.repeat(1_100_000) });
    const large = await rig.app.inject({ method: 'POST', url: '/api/clients', headers, payload });
    expect(large.statusCode).toBe(413);
  });

  test('a name that is taken, a thing that is not there, an address that does not exist', async () => {
    const admin = await rig.signedIn('admin');
    const user = { username: 'twice', password: 'long enough for all', displayName: 'Twice', role: 'agent' };
    expect((await admin.ask('POST', '/api/users', user)).status).toBe(201);
    expect(await admin.ask('POST', '/api/users', user)).toMatchObject({ status: 409, body: { code: 'name-taken' } });
    const missing = '00000000-0000-4000-8000-000000000000';
    expect(await admin.ask('GET', `/api/users/${missing}`)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await admin.ask('GET', '/api/nothing')).toMatchObject({ status: 404, body: { code: 'no-such-route' } });
  });

  test('a form to whoever may not write one; whoever may is in the audit log', async () => {
    const begin = '/api/form-drafts/conduct';
    for (const username of ['agent', 'boss', 'lead'] as const)
      expect({ username, ...(await (await rig.signedIn(username)).ask('POST', begin)) }).toMatchObject({
        username,
        status: 403,
      });
    const admin = await rig.signedIn('admin');
    const { status, body: draft } = await admin.ask('POST', begin);
    expect({ status, draft }).toMatchObject({ status: 201, draft: { version: 2, state: 'draft', revision: 0 } });
    expect(await admin.ask('GET', '/api/forms/conduct/2')).toMatchObject({ status: 404 });
    const unchanged = await admin.ask('POST', `${begin}/publish`, { revision: 0, sameMeaning: [] });
    expect(unchanged).toMatchObject({
      status: 422,
      body: { code: 'form-invalid', faults: [{ code: 'nothing-changed' }] },
    });
    expect(await admin.ask('POST', '/api/form-drafts/no-such-form')).toMatchObject({ status: 400 });
    expect(await admin.ask('DELETE', `${begin}?revision=1`)).toMatchObject({ body: { code: 'form-draft-changed' } });
    expect(await admin.ask('DELETE', `${begin}?revision=0`)).toMatchObject({ status: 200 });
    const { body: log } = await admin.ask('GET', '/api/audit?subjectType=form&subjectId=conduct');
    expect(log).toMatchObject({ items: [{ action: 'form-draft-discarded' }, { action: 'form-drafted' }] });
  });

  test('everything to nobody, whatever is asked, but for what is public', async () => {
    const stranger = rig.browser();
    await stranger.ask('GET', '/api/session');
    for (const [key, { right }] of Object.entries(routes)) {
      if (right === 'public') continue;
      const [method = 'GET', path = ''] = key.split(' ');
      const url = path.replaceAll(/:\w+/g, '00000000-0000-4000-8000-000000000000');
      const answer = await rig.app.inject({ method: method as 'GET', url, headers: { cookie: stranger.cookie() } });
      expect({ key, status: answer.statusCode }).toEqual({ key, status: 401 });
    }
  });

  test('a webhook with a wrong signature: 403, and nothing changes', async () => {
    const answer = await rig.app.inject({
      method: 'POST',
      url: '/telephony/status/00000000-0000-4000-8000-000000000000',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'wrong' },
      payload: 'CallSid=CA1&CallStatus=completed',
    });
    expect(answer.statusCode).toBe(403);
  });

  test('says so in every answer’s headers, and lets no inline script run', async () => {
    const answer = await rig.app.inject({ url: '/api/about' });
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe-inline/);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect((await rig.app.inject({ url: '/healthz' })).json()).toMatchObject({ status: 'ok', database: { ok: true } });
  });

  test('the description of the API names every route', async () => {
    const { paths } = (await rig.app.inject({ url: '/api/openapi.json' })).json<{ paths: Record<string, object> }>();
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(described.sort()).toEqual(Object.keys(routes).sort());
  });
});
