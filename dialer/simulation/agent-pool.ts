type State = 'offline' | 'away' | 'ready' | 'talking' | 'wrapup';
type Leaving = 'none' | 'away' | 'offline';
type Seat = { state: State; leaving: Leaving; breakMs: number; readyTicket: number };

/** The agents of a shift: who is ready in the order of rest, who talks, who will leave when done. Knows no time. */
export class AgentPool {
  private readonly seats: Seat[];
  /** Ready agents with the ticket they drew; the one who waits longest is first. Tickets of agents who left are stale. */
  private queue: { agent: number; ticket: number }[] = [];
  private head = 0;
  private tickets = 0;

  constructor(agents: number) {
    this.seats = Array.from({ length: agents }, () => ({
      state: 'offline',
      leaving: 'none',
      breakMs: 0,
      readyTicket: 0,
    }));
  }

  ready(agent: number): void {
    const seat = this.seat(agent);
    seat.state = 'ready';
    seat.leaving = 'none';
    seat.readyTicket = ++this.tickets;
    this.queue.push({ agent, ticket: seat.readyTicket });
  }

  /** The ready agent with the most rest, taken out of the queue; -1 when nobody is ready. */
  takeReady(): number {
    while (this.head < this.queue.length) {
      const first = this.queue[this.head++];
      if (this.head > 256) {
        this.queue = this.queue.slice(this.head);
        this.head = 0;
      }
      if (first === undefined) continue;
      const seat = this.seat(first.agent);
      if (seat.state === 'ready' && seat.readyTicket === first.ticket) return first.agent;
    }
    return -1;
  }

  talk(agent: number): void {
    this.seat(agent).state = 'talking';
  }

  wrapUp(agent: number): void {
    this.seat(agent).state = 'wrapup';
  }

  /** Somebody is due to leave: at once when idle, after the call when busy, never when already gone. */
  askToLeave(agent: number, to: 'away' | 'offline', breakMs: number): 'now' | 'later' | 'never' {
    const seat = this.seat(agent);
    switch (seat.state) {
      case 'offline':
        return 'never';
      case 'away':
        return to === 'offline' ? 'now' : 'never';
      case 'ready':
        seat.breakMs = breakMs;
        return 'now';
      case 'talking':
      case 'wrapup': {
        const isFirst = seat.leaving === 'none';
        if (isFirst || to === 'offline') seat.leaving = to;
        seat.breakMs = breakMs;
        return isFirst ? 'later' : 'never';
      }
    }
  }

  /** Moves the agent out; returns the length of the break. */
  leave(agent: number, to: 'away' | 'offline'): number {
    const seat = this.seat(agent);
    seat.state = to;
    seat.leaving = 'none';
    return seat.breakMs;
  }

  leavingTo(agent: number): Leaving {
    return this.seat(agent).leaving;
  }

  isAway(agent: number): boolean {
    return this.seat(agent).state === 'away';
  }

  isOffline(agent: number): boolean {
    return this.seat(agent).state === 'offline';
  }

  private seat(agent: number): Seat {
    const seat = this.seats[agent];
    if (seat === undefined) throw new RangeError(`no agent ${agent}`);
    return seat;
  }
}
