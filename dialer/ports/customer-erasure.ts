/** Where customers' months end. */
import type { CustomerOwner } from './customers.ts';

/** Of one owner: as many months as the longest of the client's campaigns in this centre asks for. */
export type MonthKeeping = CustomerOwner & { keepMonths: number; timeZone: string };

export type CustomerErasureStore = {
  /** Of everybody with tables that are not erased. */
  keepings(): Promise<MonthKeeping[]>;
  keeping(owner: CustomerOwner): Promise<MonthKeeping>;
  /** Tables of months before this one that still hold customers, replaced ones too, the oldest first. */
  before(owner: CustomerOwner, month: string): Promise<{ importId: string; month: string }[]>;
  /** Numbers with a recording that a case or dispute keeps. */
  recordingsHeld(owner: CustomerOwner): Promise<string[]>;
  /**
   * Erases a batch of a table's customers, in order of their numbers after `after`, without those held: what the table says, and
   * what came of it: their types of the month, and what they were handed out as. All at once.
   */
  eraseBatch(
    importId: string,
    batch: { after: string; held: readonly string[]; take: number },
  ): Promise<{ erased: number; last: string | null }>;
  /** Erases the numbers of whom no month is left. False: not now, a table is coming in that may tell of them again. */
  eraseUnknown(owner: CustomerOwner): Promise<boolean>;
  /** Says that it is erased, if nobody is left in it, and `through`; gives how many are left. */
  end(importId: string, through: boolean, now: number): Promise<number>;
};
