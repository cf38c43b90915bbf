import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { firstAdministrator } from '../../../src/seed/first-administrator.ts';
import { useTestDatabase } from '../../support/database.ts';
import { type HttpRig, openHttpRig } from './rig.ts';

describe('signing in', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  beforeAll(async () => {
    rig = await openHttpRig(database());
    await rig.makeUser({ username: 'manager', role: 'manager' });
    await rig.makeUser({ username: 'locked', role: 'agent' });
    await rig.makeUser({ username: 'gone', role: 'agent' });
    await rig.makeUser({ username: 'hasty', role: 'agent' });
  });
  afterAll(() => rig.close());

  test('gives a signed cookie whose token the database does not know', async () => {
    const browser = rig.browser();
    const answer = await browser.signIn('Manager');
    expect(answer).toMatchObject({ status: 200, body: { user: { username: 'manager', role: 'manager' } } });
    const cookies = String(answer.headers['set-cookie']);
    expect(cookies).toMatch(/fairline_session=[^;]+;.*HttpOnly;.*SameSite=Lax/i);
    const sessions = await database().database.client.session.findMany();
    expect(sessions).toHaveLength(1);
    expect(browser.cookie()).not.toContain(sessions[0]?.tokenHash);
    expect(await browser.ask('GET', '/api/session')).toMatchObject({ body: { user: { username: 'manager' } } });
  });

  test('does not say whether the name or the password was wrong', async () => {
    const wrongName = await rig.browser().signIn('nobody');
    const wrongWord = await rig.browser().signIn('manager', 'something else');
    for (const { status, body } of [wrongName, wrongWord])
      expect({ status, body }).toMatchObject({ status: 401, body: { code: 'wrong-password' } });
  });

  test('a forged or changed cookie is nobody', async () => {
    const browser = await rig.signedIn('manager');
    const forged = browser
      .cookie()
      .replace(/fairline_session=(.)/, (_, first) => `fairline_session=${first === 'a' ? 'b' : 'a'}`);
    const answer = await rig.app.inject({ url: '/api/users', headers: { cookie: forged } });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'not-signed-in', retryable: false });
  });

  test('is locked after five wrong passwords, for longer with each further one, and open again afterwards', async () => {
    const { client } = database().database;
    for (let i = 0; i < 5; i += 1) await rig.browser().signIn('locked', 'wrong');
    expect(await rig.browser().signIn('locked')).toMatchObject({ status: 423, body: { code: 'account-locked' } });
    const lockedUntil = async () =>
      (await client.user.findUniqueOrThrow({ where: { username: 'locked' } })).lockedUntil;
    expect((await lockedUntil())?.getTime()).toBe(rig.clock.now() + 60_000);
    await rig.clock.advance(60_001);
    await rig.browser().signIn('locked', 'wrong');
    expect((await lockedUntil())?.getTime()).toBe(rig.clock.now() + 120_000);
    await rig.clock.advance(120_001);
    expect((await rig.browser().signIn('locked')).status).toBe(200);
    expect(await client.user.findUnique({ where: { username: 'locked' } })).toMatchObject({
      failedLogins: 0,
      lockedUntil: null,
    });
  });

  test('tries at the same moment are no more tries than one after the other', async () => {
    const { id } = await database().database.client.user.findUniqueOrThrow({ where: { username: 'hasty' } });
    const { auth } = rig.services;
    const codes = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        (at % 2 === 0 ? auth.signIn('hasty', `guess ${at}`) : auth.prove(id, `guess ${at}`)).catch(({ code }) => code),
      ),
    );
    expect(codes.toSorted()).toEqual([...Array(3).fill('account-locked'), ...Array(5).fill('wrong-password')]);
    expect(await auth.signIn('hasty', 'correct horse battery').catch(({ code }) => code)).toBe('account-locked');
  });

  test('a session ends by signing out, by time, and by the account’s end', async () => {
    const out = await rig.signedIn('gone');
    const old = out.cookie();
    await out.ask('DELETE', '/api/session');
    expect((await rig.app.inject({ url: '/api/task-calls', headers: { cookie: old } })).statusCode).toBe(401);

    const off = await rig.signedIn('gone');
    await database().database.client.user.update({ where: { username: 'gone' }, data: { active: false } });
    expect((await off.ask('GET', '/api/task-calls')).status).toBe(401);
    expect((await rig.browser().signIn('gone')).body).toMatchObject({ code: 'account-inactive' });

    const late = await rig.signedIn('manager');
    await rig.clock.advance(14 * 3_600_000);
    expect((await late.ask('GET', '/api/users')).status).toBe(401);
  });

  test('guessing is slowed down', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 12; i += 1)
      statuses.push((await rig.browser().signIn(`${' '.repeat(i % 3)}Guessed`, 'x')).status);
    expect(statuses.slice(0, 10)).not.toContain(429);
    expect(statuses.slice(10)).toEqual([429, 429]);
  });

  test('a changed password ends the other sessions and keeps this one', async () => {
    await rig.makeUser({ username: 'changer', role: 'agent' });
    const here = await rig.signedIn('changer');
    const there = await rig.signedIn('changer');
    const next = 'a password never used';
    const wrong = await here.ask('POST', '/api/session/password', { current: 'no', next });
    expect(wrong).toMatchObject({ status: 401, body: { field: 'body.current' } });
    const right = await here.ask('POST', '/api/session/password', { current: 'correct horse battery', next });
    expect(right.status).toBe(200);
    expect((await here.ask('GET', '/api/agent/appointments')).status).toBe(200);
    expect((await there.ask('GET', '/api/agent/appointments')).status).toBe(401);
    expect((await rig.browser().signIn('changer', next)).status).toBe(200);
  });
});

describe('an installation without a demonstration', () => {
  const database = useTestDatabase();

  test('begins with one administrator, whose password is told once and fits', async () => {
    const rig = await openHttpRig(database());
    const deps = { database: database().database, clock: rig.clock, config: { locale: 'zh' } };
    const first = await firstAdministrator(deps);
    expect(first).toMatchObject({ username: 'admin', password: expect.stringMatching(/^[\w-]{16}$/) });
    const answer = await rig.browser().signIn('admin', first?.password ?? '');
    expect(answer).toMatchObject({ status: 200, body: { user: { role: 'administrator', locale: 'zh' } } });
    expect(await firstAdministrator(deps)).toBeNull();
    await rig.close();
  });
});
