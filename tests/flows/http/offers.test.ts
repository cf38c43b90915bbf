/** Offers through the API: written in versions, given at the desk and kept with the sale, excepted by whoever may. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listedOffer, offer as offerShape, offerVersion } from '../../../src/contract/offers.ts';
import { z } from 'zod';
import { useTestDatabase } from '../../support/database.ts';
import { type House, makeHouse } from './house.ts';
import { type Browser, type HttpRig, openHttpRig } from './rig.ts';

describe('offers of a campaign', () => {
  const database = useTestDatabase();
  let rig: HttpRig;
  let house: House;
  let manager: Browser;
  let at = '';
  const terms = (change: object = {}) => ({
    ...{ name: { en: 'Half price', zh: '半价' }, text: { en: 'Half the tariff for a year', zh: '一年资费减半' } },
    ...{ from: '2026-01-01', until: null, customers: null, limit: null },
    mayUse: { agents: true, teamIds: [], levels: ['normal', 'tightened'] },
    exceptions: {
      approvers: ['lead', 'manager'],
      withinHours: 4,
      office: { from: '09:00', to: '18:00' },
      holdsDays: 3,
    },
    ...change,
  });
  const made = async (change: object = {}) => {
    const { body, status } = await manager.ask('POST', at, { terms: terms(change) });
    expect(status).toBe(201);
    return offerShape.parse(body);
  };
  const listed = async (who: Browser) =>
    z.object({ items: z.array(listedOffer) }).parse((await who.ask('GET', at)).body).items;

  beforeAll(async () => {
    rig = await openHttpRig(database());
    house = await makeHouse(rig);
    manager = await rig.signedIn('manager');
    at = `/api/campaigns/${house.campaignId}/offers`;
  });
  afterAll(() => rig.close());

  test('says of what cannot be offered which field is at fault', async () => {
    const wrong = terms({ text: { en: '', zh: '半价' }, mayUse: { ...terms().mayUse, teamIds: [house.teamIds[1]] } });
    expect(await manager.ask('POST', at, { terms: wrong })).toMatchObject({
      status: 422,
      body: {
        code: 'offer-invalid',
        faults: [
          { field: 'text.en', code: 'offer-words-missing' },
          { field: 'mayUse.teamIds', code: 'offer-team-unknown' },
        ],
      },
    });
    expect(await manager.ask('POST', at, { terms: terms({ from: 'soon' }) })).toMatchObject({
      status: 400,
      body: { field: 'body.terms.from' },
    });
  });

  test('keeps every version; who saw an older one changes nothing', async () => {
    const { id } = await made();
    const address = `/api/offers/${id}`;
    const cheaper = terms({ name: { en: 'A third', zh: '三折' } });
    expect(await manager.ask('PUT', address, { version: 1, terms: cheaper })).toMatchObject({ body: { version: 2 } });
    expect(await manager.ask('PUT', address, { version: 1, terms: terms() })).toMatchObject({
      status: 409,
      body: { code: 'offer-changed' },
    });
    for (const _ of [1, 2]) expect((await manager.ask('POST', `${address}/withdraw`)).status).toBe(200);
    const versions = z
      .object({ items: z.array(offerVersion) })
      .parse((await manager.ask('GET', `${address}/versions`)).body);
    expect(
      versions.items.map(({ version, state, terms: { name }, changedBy }) => [version, state, name.en, changedBy]),
    ).toEqual([
      [3, 'withdrawn', 'A third', 'Name of manager'],
      [2, 'offered', 'A third', 'Name of manager'],
      [1, 'offered', 'Half price', 'Name of manager'],
    ]);
    expect((await manager.ask('POST', `${address}/renew`)).status).toBe(200);
    expect(await listed(manager)).toMatchObject([{ id, version: 4, state: 'offered', sales: 0 }]);
    await expect(database().database.pool.query('delete from qa_offer_version')).rejects.toThrow(/append-only/);
    const noted = await database().database.client.auditEntry.findMany({
      where: { subjectType: 'offer' },
      orderBy: { id: 'asc' },
    });
    expect(noted.map(({ action }) => action)).toEqual([
      'offer-created',
      'offer-changed',
      'offer-withdrawn',
      'offer-renewed',
    ]);
  });

  test('leads and clients read them, clients not who wrote them, and neither writes', async () => {
    const [offer] = await listed(manager);
    for (const name of ['lead', 'client']) {
      const who = await rig.signedIn(name);
      expect(await listed(who)).toEqual([offer]);
      const { text } = await who.ask('GET', `/api/offers/${offer?.id}/versions`);
      expect(text.includes('Name of manager')).toBe(name === 'lead');
      expect((await who.ask('POST', at, { terms: terms() })).status).toBe(403);
      expect((await who.ask('POST', `/api/offers/${offer?.id}/withdraw`)).status).toBe(403);
    }
    expect((await (await rig.signedIn('client2')).ask('GET', at)).status).toBe(404);
  });
});
