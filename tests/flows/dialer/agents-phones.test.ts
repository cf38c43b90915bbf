/** Agents whose standing leg is an ordinary telephone or a SIP address: everything is as with a browser. */
import { afterEach, expect, it } from 'vitest';
import { useTestDatabase as testDatabase } from '../../support/database.ts';
import { type Floor, openFloor } from './transfer-rig.ts';

const database = testDatabase({ maxConnections: 12 });
let floor: Floor;

afterEach(() => floor.rig.close());

it.each([
  ['a telephone', '+12025550142'],
  ['a SIP address', 'sip:anna@pbx.example'],
])(
  '%s is called, stands in its room, talks, is called again when its line drops, and rests at the sign-out',
  async (_, address) => {
    floor = await openFloor(database(), { centre: { contacts: 2 } });
    const { rig, prisma, anna, ben } = floor;
    const { agents } = rig.dialer;
    await prisma.user.update({ where: { id: anna }, data: { phoneAddress: address } });
    const attemptId = await floor.talking();
    // Both numbers of the list are in a call by now, and Ben has a browser.
    const legs = await rig.carrierCalls();
    expect(legs).toContain(address);
    expect(legs.some((to) => to.startsWith('client:'))).toBe(true);
    const leg = await floor.customerLeg(attemptId);
    const desk = () => prisma.agentDesk.findUniqueOrThrow({ where: { userId: anna } });
    const { legId, room } = await desk();
    const seats = await floor.roomOf(leg);
    expect(seats?.map(({ callSid }) => callSid)).toContain(legId);
    await agents.hold(anna, true);
    await rig.until(async () => (await floor.seat(leg))?.hold === true, 'the customer holds');
    await agents.hold(anna, false);
    await agents.hangUp(anna);
    await floor.is(anna, (view) => view.activity === 'wrap-up', 'Anna writes up');
    await agents.saveOutcome(anna, { attemptId, disposition: { kind: 'undecided' }, mustSayTicked: [], note: '' });
    await agents.takeBreak(anna, 'rest');
    // The handset is put down on the break: it rings again, into a new room.
    await rig.hangUp(legId ?? '');
    await rig.until(async () => {
      const now = await desk();
      return now.legState === 'joined' && now.legId !== legId && now.room !== room;
    }, 'the line is up again');
    await agents.signOut(anna);
    await rig.until(async () => !(await rig.carrierCalls()).includes(address), 'the line is down');
    expect((await floor.view(ben)).presence).toBe('signed-in');
    expect(rig.warnings).toEqual([]);
  },
);
