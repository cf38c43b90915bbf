import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Rig } from './rig.ts';
import { ACCOUNT, HUMAN, rig } from './rig.ts';

let r: Rig;
beforeEach(async () => {
  r = await rig();
});
afterEach(async () => {
  expect(r.app.seen.filter((one) => !one.validSignature)).toEqual([]);
  await r.stop();
});

describe('answering machine detection', () => {
  const create = (to: string, more: Record<string, unknown>) =>
    r.call(to, '<Pause length="20"/>', { machineDetection: 'Enable', statusCallback: `${r.app.url}/status`, ...more });

  test.each([
    [HUMAN, 'Enable', 'human'],
    ['+447700900903', 'Enable', 'machine_start'],
    ['+447700900903', 'DetectMessageEnd', 'machine_end_beep'],
    ['+447700900909', 'Enable', 'machine_start'],
    ['+447700900910', 'Enable', 'human'],
    ['+447700900911', 'Enable', 'unknown'],
    ['+447700900912', 'Enable', 'fax'],
  ])('asynchronous: %s with %s is %s, told beside the running document', async (to, machineDetection, verdict) => {
    const sid = await create(to, { machineDetection, asyncAmd: 'true', asyncAmdStatusCallback: `${r.app.url}/amd` });
    expect(r.app.at('/document-1')[0]?.params).not.toHaveProperty('AnsweredBy');
    await r.until(() => r.app.at('/amd').length === 1);
    const params = r.app.at('/amd')[0]?.params ?? {};
    expect(params).toMatchObject({ CallSid: sid, AccountSid: ACCOUNT, AnsweredBy: verdict });
    expect(Number(params.MachineDetectionDuration)).toBeGreaterThan(2_000);
    expect(await r.api.calls(sid).fetch()).toMatchObject({ answeredBy: verdict, status: 'in-progress' });
    await r.api.calls(sid).update({ status: 'completed' });
    await r.until(() => r.app.at('/status').length === 1);
    expect(r.app.at('/status')[0]?.params.AnsweredBy).toBe(verdict);
  });

  test('synchronous: nothing runs until the verdict, then the document is asked with it', async () => {
    const before = r.now();
    await create(HUMAN, {});
    // Set-up 0.6 s, ringing 4 s, verdict after 3.2 s.
    expect(r.now() - before).toBe(7_800);
    expect(r.app.at('/document-1')[0]?.params.AnsweredBy).toBe('human');
  });

  test('digits to send switch it off; a missing address is a warning (21262); a timeout gives unknown', async () => {
    const digits = await create(HUMAN, { sendDigits: 'ww1' });
    expect(r.app.at('/document-1')[0]?.params).not.toHaveProperty('AnsweredBy');
    const silent = await create(HUMAN, { asyncAmd: 'true' });
    await r.pass(4_000);
    expect((await r.api.calls(silent).notifications.list()).map((one) => one.errorCode)).toEqual(['21262']);
    expect((await r.api.calls(digits).fetch()).answeredBy).toBeNull();
    await create('+447700900911', { machineDetectionTimeout: 4 });
    expect(r.app.at('/document-3')[0]?.params.AnsweredBy).toBe('unknown');
  });
});
