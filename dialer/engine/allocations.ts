/** Which agent calls whom of an extraction: foreseen, signed for by the team's lead, and changed later only with a reason. */
import { DialerError } from '../errors.ts';
import type { AllocationStore, Signature } from '../ports/allocations.ts';
import type { ExtractionRow } from '../ports/extractions.ts';
import {
  type AgentSkills,
  type Allocation,
  allocate,
  type AllocationAgent,
  type AllocationWay,
} from '../rules/segments/allocate.ts';

export type AllocationWish = { way: AllocationWay; agentIds: string[] };
export type AllocationView = {
  /** Contacts that can be allocated still, and those that were called or are bound otherwise. */
  open: number;
  fixed: number;
  regions: { region: string; contacts: number }[];
  /** The team's, with what each has of it. */
  agents: (AllocationAgent & { contacts: number })[];
  /** The newest first. */
  signatures: Signature[];
};
export type AllocationPreview = { open: number; nobody: number; shares: { agentId: string; contacts: number }[] };

export type AllocationCommands = {
  /** @throws DialerError extraction-unknown */
  extraction(extractionId: string): Promise<ExtractionRow>;
  show(extractionId: string): Promise<AllocationView>;
  /** @throws DialerError extraction-unknown, agent-unknown for who is not an active agent of the team */
  preview(extractionId: string, wish: AllocationWish): Promise<AllocationPreview>;
  /** `seen`: the newest signature, 0 without one. @throws the same, reason-missing from the second on, allocation-changed */
  sign(
    extractionId: string,
    wish: AllocationWish & { seen: number; reason: string },
    by: { userId: string },
  ): Promise<Signature>;
  setSkills(agentId: string, skills: AgentSkills, by: { userId: string }): Promise<void>;
};

type Deps = { store: AllocationStore; clock: { now(): number } };

export function createAllocations({ store, clock }: Deps): AllocationCommands {
  const extraction = async (id: string): Promise<ExtractionRow> => {
    const row = await store.extraction(id);
    if (row === null) throw new DialerError('extraction-unknown', 'There is no such extraction.');
    return row;
  };
  /** Divides contacts over the chosen agents. */
  const divider = async ({ id, teamId, type }: ExtractionRow, { way, agentIds }: AllocationWish) => {
    const team = await store.agents(teamId);
    const chosen = team.filter(({ agentId }) => agentIds.includes(agentId));
    if (chosen.length === 0 || chosen.length !== new Set(agentIds).size)
      throw new DialerError('agent-unknown', 'Contacts are allocated to agents of the team.');
    return (contacts: readonly { contactId: string; region: string }[]): Allocation =>
      allocate(way, type, contacts, chosen, id);
  };

  return {
    extraction,
    async show(id) {
      const { teamId } = await extraction(id);
      const [contacts, agents, signatures] = await Promise.all([
        store.contacts(id),
        store.agents(teamId),
        store.signatures(id),
      ]);
      const open = contacts.filter((contact) => contact.open);
      const regions = new Map<string, number>();
      for (const { region } of open) regions.set(region, (regions.get(region) ?? 0) + 1);
      return {
        ...{ open: open.length, fixed: contacts.length - open.length, signatures },
        regions: [...regions].map(([region, count]) => ({ region, contacts: count })),
        agents: agents.map((agent) => ({
          ...agent,
          contacts: contacts.filter(({ agentId }) => agentId === agent.agentId).length,
        })),
      };
    },
    async preview(id, wish) {
      const divide = await divider(await extraction(id), wish);
      const open = (await store.contacts(id)).filter((contact) => contact.open);
      const { agents, nobody } = divide(open);
      const given = [...agents.values()];
      const shares = wish.agentIds.map((agentId) => ({
        agentId,
        contacts: given.filter((one) => one === agentId).length,
      }));
      return { open: open.length, nobody, shares };
    },
    async sign(id, { way, agentIds, seen, reason }, { userId }) {
      const divide = await divider(await extraction(id), { way, agentIds });
      if (seen > 0 && reason.trim() === '') throw new DialerError('reason-missing', 'Say why it is changed.');
      const signed = await store.sign(id, { seen, way, reason: reason.trim(), by: userId, now: clock.now() }, divide);
      if (signed === null) throw new DialerError('allocation-changed', 'Somebody else has signed meanwhile.');
      return signed;
    },
    setSkills: (agentId, skills, { userId }) => store.setSkills(agentId, skills, userId, clock.now()),
  };
}
