import type { Carrier } from '../../../dialer/ports/carrier.ts';

const never = () => Promise.reject(new Error('not asked in this test'));
/** A carrier that fails whatever it is asked; a test says what this one answers. */
export const notAsked: Carrier = {
  isSandbox: true,
  customerChannel: 'first',
  placeCustomerCall: never,
  placeAgentLeg: never,
  hangUp: never,
  presentAgain: never,
  hold: never,
  moveAgentLeg: never,
  inviteGuest: never,
  inviteListener: never,
  seatListener: never,
  leaveRoomTo: never,
  call: never,
  callsTo: never,
  liveCalls: never,
  room: never,
  recordingsOf: never,
  download: never,
};
