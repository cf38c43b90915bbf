/** An inspection that waits for somebody. */
export interface Unassigned {
  readonly inspectionId: string;
  readonly recordingId: string;
  readonly agentId: string;
  readonly agentLeadId: string | null;
  /** Who must not have it: who scores the same recording in another inspection, who let it expire, who scored what is now disputed. */
  readonly excluded: readonly string[];
}

/** Somebody on duty who may do this kind of inspection. `load`: how many they hold; `capacity`: how many they may hold. */
export interface Inspector {
  readonly id: string;
  readonly load: number;
  readonly capacity: number;
}

export interface Assignment {
  readonly inspectionId: string;
  readonly inspectorId: string;
  /** The agent's own lead had to do it, because nobody else could. Shown. */
  readonly ownLead: boolean;
}

export interface AssignmentPlan {
  readonly assignments: readonly Assignment[];
  readonly unassigned: readonly { readonly inspectionId: string; readonly reason: 'nobody-may' | 'nobody-has-room' }[];
}

/**
 * Shares inspections out evenly: each goes to whoever then holds fewest. Never to the agent themself, to anybody excluded, or twice
 * on one recording to the same person; to the agent's own lead only where nobody else has room. Among equals, to who got fewest of
 * this agent's recordings, then by `chance` (a keyed number in [0, 1) for a label), so that neither side can choose the other.
 */
export function assignInspections(
  work: readonly Unassigned[],
  inspectors: readonly Inspector[],
  chance: (label: string) => number,
): AssignmentPlan {
  const loads = new Map(inspectors.map(({ id, load }) => [id, load]));
  const ofAgent = new Map<string, number>();
  const ofRecording = new Map<string, Set<string>>();
  const assignments: Assignment[] = [];
  const unassigned: { inspectionId: string; reason: 'nobody-may' | 'nobody-has-room' }[] = [];

  for (const one of work) {
    const taken = ofRecording.get(one.recordingId) ?? new Set<string>();
    const may = inspectors.filter(({ id }) => id !== one.agentId && !one.excluded.includes(id) && !taken.has(id));
    const free = may.filter(({ id, capacity }) => (loads.get(id) ?? 0) < capacity);
    const strangers = free.filter(({ id }) => id !== one.agentLeadId);
    const rank = ({ id }: Inspector): [number, number, number] => [
      loads.get(id) ?? 0,
      ofAgent.get(`${id} ${one.agentId}`) ?? 0,
      chance(`${one.inspectionId} ${id}`),
    ];
    const [chosen] = (strangers.length > 0 ? strangers : free)
      .map((inspector) => ({ id: inspector.id, rank: rank(inspector) }))
      .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2]);
    if (chosen === undefined) {
      unassigned.push({ inspectionId: one.inspectionId, reason: may.length === 0 ? 'nobody-may' : 'nobody-has-room' });
      continue;
    }
    assignments.push({
      inspectionId: one.inspectionId,
      inspectorId: chosen.id,
      ownLead: chosen.id === one.agentLeadId,
    });
    loads.set(chosen.id, (loads.get(chosen.id) ?? 0) + 1);
    ofAgent.set(`${chosen.id} ${one.agentId}`, (ofAgent.get(`${chosen.id} ${one.agentId}`) ?? 0) + 1);
    ofRecording.set(one.recordingId, taken.add(chosen.id));
  }
  return { assignments, unassigned };
}
