import { counted } from '../counted.ts';

/** Work that takes its time and may be left. */
export const en = {
  title: 'Under way and done',
  intro: 'What you started goes on when you leave its page. It is kept here for seven days.',
  mark: (running: string) => `${running} under way`,
  ended: (ended: string) => `${ended} ended`,
  open: 'Open',
  kinds: {
    'what-if': 'What-if simulation',
    expectation: 'What to expect of a start',
    'contact-list': 'Import of contacts',
    'external-list': 'Import of a do-not-call list',
    week: 'Weekly summary',
    'draw-check': 'A draw recomputed',
    'audit-check': 'Audit log checked',
    'rejected-file': 'File of rejected lines',
    'billing-file': 'Billing file',
  },
  states: { running: 'Under way', done: 'Done', failed: 'Failed' },
  interrupted: 'The server was restarted meanwhile. Start it once more.',
  brokenOff: 'The file was not taken to its end. Download it once more.',
  of: (done: string, total: string, what: string) => `${done} of ${total} ${what}`,
  lines: (done: string) => `${counted(done, 'line')} read`,
  /** What is counted. */
  units: {
    'what-if': 'teams',
    expectation: 'teams',
    'contact-list': 'lines',
    'external-list': 'lines',
    week: 'steps',
    'draw-check': 'recordings read again',
    'audit-check': 'entries',
    'rejected-file': 'rows',
    'billing-file': 'rows signed and written',
  },
  since: (time: string) => `since ${time}`,
  at: (time: string) => `ended ${time}`,
  mayLeave: 'You may leave this page: it goes on and is kept for you.',
  asked: (time: string) => `Asked ${time}`,
  sending: (share: string) => `Sending the file: ${share}`,
  sent: 'The file has arrived and is being read. You may close this window or leave the page.',
};
