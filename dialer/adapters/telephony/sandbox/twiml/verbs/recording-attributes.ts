import type { RecordingSettings } from '../../calls/call.ts';

type RecordingEvent = 'in-progress' | 'completed' | 'absent';
const isEvent = (text: string): text is RecordingEvent =>
  text === 'in-progress' || text === 'completed' || text === 'absent';

/** The recording events that were asked for, as a list or separated by spaces; `completed` when none was. */
export function recordingEventsOf(wish: string | readonly string[] | undefined): RecordingSettings['events'] {
  const words = (typeof wish === 'string' ? [wish] : (wish ?? []))
    .flatMap((one) => one.split(/[\s,]+/))
    .filter(isEvent);
  return new Set<RecordingEvent>(words.length > 0 ? words : ['completed']);
}
