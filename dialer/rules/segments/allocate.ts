/**
 * Which agent calls which contact: evenly, or evenly among those whose skill and region fit. The same contacts and agents are
 * divided in the same way in whatever order they come; what nobody fits is left to whoever is free.
 */
import { hashText } from '../hash-text.ts';

export const allocationWays = ['even', 'skill-region'] as const;
export type AllocationWay = (typeof allocationWays)[number];

/** Types of customers and regions that an agent is there for; empty: all of them. */
export type AgentSkills = { types: readonly string[]; regions: readonly string[] };
export type AllocationAgent = AgentSkills & { agentId: string };
export type AllocationContact = { contactId: string; region: string };

export type Allocation = {
  /** Of each contact its agent. */
  agents: Map<string, string>;
  /** Contacts for whom nobody fits. */
  nobody: number;
};

export const suits = ({ types, regions }: AgentSkills, type: string, region: string): boolean =>
  (types.length === 0 || types.includes(type)) && (regions.length === 0 || regions.includes(region));

export function allocate(
  way: AllocationWay,
  type: string,
  contacts: readonly AllocationContact[],
  agents: readonly AllocationAgent[],
  seed: string,
): Allocation {
  const ordered = inOrder(agents, seed, ({ agentId }) => agentId);
  const load = new Map(ordered.map(({ agentId }) => [agentId, 0]));
  const fitting = new Map<string, string[]>();
  const whoFits = (region: string): string[] => {
    const known = fitting.get(region);
    if (known !== undefined) return known;
    const who = ordered.filter((agent) => way === 'even' || suits(agent, type, region)).map(({ agentId }) => agentId);
    fitting.set(region, who);
    return who;
  };
  // Where few fit they are asked first: the others can still be divided evenly afterwards.
  const byChoice = inOrder(contacts, seed, ({ contactId }) => contactId)
    .map((contact) => ({ ...contact, who: whoFits(contact.region) }))
    .sort((a, b) => a.who.length - b.who.length);
  const chosen = new Map<string, string>();
  for (const { contactId, who } of byChoice) {
    const least = leastLoaded(who, load);
    if (least === null) continue;
    chosen.set(contactId, least);
    load.set(least, (load.get(least) ?? 0) + 1);
  }
  return { agents: chosen, nobody: contacts.length - chosen.size };
}

function leastLoaded(who: readonly string[], load: ReadonlyMap<string, number>): string | null {
  let best: string | null = null;
  for (const agentId of who) if (best === null || (load.get(agentId) ?? 0) < (load.get(best) ?? 0)) best = agentId;
  return best;
}

/** By a lot that can be drawn again, so that nobody is always first. */
function inOrder<T>(items: readonly T[], seed: string, key: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, id: key(item), lot: hashText(`${seed} ${key(item)}`) }))
    .sort((a, b) => a.lot - b.lot || (a.id < b.id ? -1 : 1))
    .map(({ item }) => item);
}
