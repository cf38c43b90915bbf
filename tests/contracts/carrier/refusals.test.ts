/** Codes that the carrier gives for wishes it cannot fulfil, through the official package. */
import https from 'node:https';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { selfSigned } from '../../support/self-signed.ts';
import type { Rig } from './rig.ts';
import { Authorization, CALLER, HUMAN, rig } from './rig.ts';

let r: Rig;
beforeEach(async () => {
  r = await rig({ numbers: { blockedCountries: ['+53'] } });
});
afterEach(() => r.stop());

const codesOf = async (sid: string) =>
  (await r.api.calls(sid).notifications.list()).map(({ errorCode, log }) => [errorCode, log]);

test('a coach whose colleague is not in the room is told 13240, does not get in and goes on', async () => {
  const after = r.app.on('/after', '<Hangup/>');
  const coach = `CA${'0'.repeat(32)}`;
  const document = `<Dial action="${after}"><Conference coach="${coach}">room</Conference></Dial>`;
  const sid = await r.call(HUMAN, document);
  await r.until(() => r.app.at('/after').length === 1);
  expect(await codesOf(sid)).toEqual([['13240', '1']]);
  expect(await r.api.conferences.list({ friendlyName: 'room' })).toEqual([]);
});

test('an address that cannot exist, and one with a certificate that nobody vouches for: 11210, 11237, and the fallback', async () => {
  const server = https.createServer(selfSigned(), (_request, response) => void response.end('<Response/>'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const fallbackUrl = r.app.on('/fallback', '<Hangup/>');
  for (const url of ['http://nowhere.invalid/document', `https://127.0.0.1:${port}/document`]) {
    const before = r.app.at('/fallback').length;
    const { sid } = await r.api.calls.create({ to: HUMAN, from: CALLER, url, fallbackUrl });
    await r.until(() => r.app.at('/fallback').length > before);
    const code = url.includes('invalid') ? '11210' : '11237';
    expect(r.app.at('/fallback').at(-1)?.params).toMatchObject({ ErrorCode: code, ErrorUrl: url });
    expect(await codesOf(sid)).toEqual([[code, '0']]);
  }
  await new Promise<void>((done) => server.close(() => done()));
});

test('a number nobody can have, and one in a country that is shut, within a document: 13224, 13227', async () => {
  const sid = await r.call(HUMAN, '<Dial><Number>12</Number></Dial><Dial>+5355501234</Dial><Pause length="5"/>');
  expect((await codesOf(sid)).map(([code]) => code).sort()).toEqual(['13224', '13227']);
});

test('a conference that is over cannot be changed: 16001; nor can nobody be called into it: 16022', async () => {
  const sid = await r.call(HUMAN, '<Dial><Conference>room</Conference></Dial>');
  await r.call('+447700900917', '<Dial><Conference>room</Conference></Dial>');
  await r.until(async () => (await r.api.conferences.list({ status: 'in-progress' })).length === 1);
  const [conference] = await r.api.conferences.list();
  const room = r.api.conferences(conference?.sid ?? '');
  await room.update({ status: 'completed' });
  await expect(room.update({ announceUrl: r.app.url })).rejects.toMatchObject({ status: 400, code: 16001 });
  const guest = { to: HUMAN, from: CALLER };
  await expect(room.participants.create(guest)).rejects.toMatchObject({ status: 404, code: 16022 });
  expect((await r.api.calls(sid).fetch()).status).toBe('completed');
});

test('administration that cannot be understood is refused: 20001, and changes nothing', async () => {
  const put = (body: string) =>
    fetch(`${r.sandbox.url}/sandbox/faults`, {
      method: 'PUT',
      headers: {
        'content-type': 'application/json',
        Authorization,
      },
      body,
    });
  for (const body of ['{', '{"no-such-fault": true}', '{"rest-500": {"rate": 2}}']) {
    const answer = await put(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 20001, status: 400 });
  }
  expect(r.sandbox.faults.state().active).toEqual({});
});
