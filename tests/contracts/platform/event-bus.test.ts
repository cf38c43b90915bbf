import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type EventBus, GAP_TOPIC, openEventBus, typedChannel } from '../../../src/platform/event-bus.ts';
import { useTestDatabase } from '../../support/database.ts';
import { eventually } from '../../support/eventually.ts';
import { redisMissing, startRedis, type TestRedis } from '../../support/redis.ts';

for (const kind of ['process', 'postgres', 'redis'] as const) {
  describe.skipIf(kind === 'redis' && redisMissing())(`the event bus by ${kind}`, () => {
    const db = useTestDatabase();
    let redis: TestRedis | undefined;
    const open: EventBus[] = [];
    const errors: Error[] = [];
    beforeAll(async () => {
      if (kind === 'redis') redis = await startRedis();
    });
    afterEach(async () => {
      await Promise.all(open.splice(0).map((bus) => bus.close()));
      errors.splice(0);
    });
    afterAll(() => redis?.stop());

    const bus = async () => {
      const made = await openEventBus({
        kind,
        redisUrl: redis?.url,
        databaseUrl: db().url,
        onError: (error) => errors.push(error),
      });
      open.push(made);
      return made;
    };
    /** One bus, or where the kind joins several, two: what is published on the first is heard on the last. */
    const joined = async (): Promise<[EventBus, EventBus]> => {
      const first = await bus();
      return [first, kind === 'process' ? first : await bus()];
    };

    test('carries messages in their order, each once, everywhere', async () => {
      const [from, to] = await joined();
      const here: unknown[] = [];
      const there: unknown[] = [];
      from.subscribe('count', (message) => void here.push(message));
      to.subscribe('count', (message) => void there.push(message));
      const sent = Array.from({ length: 500 }, (_, n) => ({ n, text: '号码 "quoted" \n' }));
      for (const message of sent) from.publish('count', message);
      await eventually('the last arrives', () => there.length >= sent.length && here.length >= sent.length);
      expect(there).toEqual(sent);
      expect(here).toEqual(sent);
    });

    test('delivers equal messages as often as they were sent', async () => {
      const [from, to] = await joined();
      let heard = 0;
      to.subscribe('same', () => {
        heard += 1;
      });
      for (let times = 0; times < 20; times += 1) from.publish('same', { id: 1 });
      await eventually('twenty', () => heard >= 20);
      from.publish('end', {});
      expect(heard).toBe(20);
    });

    test('matches levels of a topic', async () => {
      const [from, to] = await joined();
      const heard: string[] = [];
      to.subscribe('agent/+/changed', (_, topic) => void heard.push(`+ ${topic}`));
      to.subscribe('agent/#', (_, topic) => void heard.push(`# ${topic}`));
      for (const topic of ['agent/7/changed', 'agent/7/left', 'campaign/7/changed', 'end']) from.publish(topic, {});
      await eventually('all', () => heard.length >= 3);
      expect(heard.sort()).toEqual(['# agent/7/changed', '# agent/7/left', '+ agent/7/changed']);
    });

    test('gives every listener a copy, after the publisher has gone on', async () => {
      const mine = await bus();
      const heard: unknown[] = [];
      mine.subscribe('copy', (message) => void heard.push(message));
      const original = { at: new Date(0), left: undefined };
      mine.publish('copy', original);
      expect(heard).toEqual([]);
      await eventually('it', () => heard.length === 1);
      expect(heard).toEqual([{ at: '1970-01-01T00:00:00.000Z' }]);
    });

    test('goes on when a listener throws or rejects', async () => {
      const mine = await bus();
      let heard = 0;
      mine.subscribe('x', () => {
        throw new Error('thrown');
      });
      mine.subscribe('x', () => Promise.reject(new Error('rejected')));
      mine.subscribe('x', () => {
        heard += 1;
      });
      mine.publish('x', {});
      await eventually('all three', () => heard === 1 && errors.length === 2);
      expect(errors.map(({ message }) => message).sort()).toEqual(['rejected', 'thrown']);
    });

    test('ends a subscription', async () => {
      const mine = await bus();
      const heard: string[] = [];
      const end = mine.subscribe('y', () => void heard.push('ended one'));
      mine.subscribe('y', () => void heard.push('other'));
      end();
      mine.publish('y', {});
      await eventually('the other', () => heard.length > 0);
      expect(heard).toEqual(['other']);
    });

    test('refuses what is too large for the smallest carrier', async () => {
      const mine = await bus();
      expect(() => mine.publish('big', '号'.repeat(3_000))).toThrow(
        expect.objectContaining({ code: 'event_too_large' }),
      );
      expect(() => mine.publish('fits', 'x'.repeat(6_500))).not.toThrow();
    });

    test('sends what is waiting before it closes', async () => {
      if (kind === 'process') return;
      const [from, to] = await joined();
      let heard = 0;
      to.subscribe('last', () => {
        heard += 1;
      });
      for (let times = 0; times < 200; times += 1) from.publish('last', { times });
      await from.close();
      open.splice(open.indexOf(from), 1);
      await eventually('all 200', () => heard === 200);
    });

    test('reads only what it knows on a typed channel', async () => {
      const [from, to] = await joined();
      const schema = z.object({ type: z.literal('known'), id: z.string() });
      const channel = typedChannel(to, 'typed', (message) => schema.safeParse(message).data);
      const heard: unknown[] = [];
      channel.subscribe((event) => void heard.push(event));
      from.publish('typed', { type: 'from the future' });
      from.publish('typed', { type: 'known', id: '1' });
      await eventually('the known one', () => heard.length > 0);
      expect(heard).toEqual([{ type: 'known', id: '1' }]);
    });

    test('comes back after a break, and says that there was one', async () => {
      if (kind === 'process') return;
      const [from, to] = await joined();
      let gaps = 0;
      let heard = 0;
      to.subscribe(GAP_TOPIC, () => {
        gaps += 1;
      });
      to.subscribe('after', () => {
        heard += 1;
      });
      if (kind === 'postgres') {
        await db().database.pool.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%'`,
        );
      } else {
        const port = redis?.port;
        await redis?.stop();
        redis = await startRedis(port);
      }
      await eventually('the gap is told', () => gaps > 0);
      await eventually('messages pass again', () => {
        from.publish('after', {});
        return heard > 0;
      });
    });
  });
}

test('a bus that needs a server asks for its address', async () => {
  await expect(openEventBus({ kind: 'redis', onError: () => {} })).rejects.toMatchObject({
    code: 'event_bus_no_address',
  });
});
