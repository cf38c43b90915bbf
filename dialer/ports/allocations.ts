/** Where it is kept which agent calls whom of an extraction, who signed for it, and what agents are there for. */
import type {
  AgentSkills,
  Allocation,
  AllocationAgent,
  AllocationContact,
  AllocationWay,
} from '../rules/segments/allocate.ts';
import type { ExtractionRow } from './extractions.ts';

/** `agentId`: as it was signed for. `open`: not called yet, and nothing else binds it. */
export type ExtractedContact = AllocationContact & { agentId: string | null; open: boolean };

export type Signature = {
  /** From 1. */
  number: number;
  way: AllocationWay;
  shares: { agentId: string; contacts: number }[];
  /** Contacts for whom no agent fitted: whoever is free calls them. */
  nobody: number;
  reason: string;
  at: number;
  by: string;
};

export type AllocationStore = {
  extraction(extractionId: string): Promise<ExtractionRow | null>;
  contacts(extractionId: string): Promise<ExtractedContact[]>;
  /** The active ones of the team. */
  agents(teamId: string): Promise<AllocationAgent[]>;
  /** The newest first. */
  signatures(extractionId: string): Promise<Signature[]>;
  /**
   * Divides the contacts that are open and signs for it, all of it or nothing. Null: somebody else signed since `seen`, the number of
   * the newest signature, 0 without one.
   */
  sign(
    extractionId: string,
    signed: { seen: number; way: AllocationWay; reason: string; by: string; now: number },
    divide: (open: readonly ExtractedContact[]) => Allocation,
  ): Promise<Signature | null>;
  setSkills(agentId: string, skills: AgentSkills, by: string, now: number): Promise<void>;
};
