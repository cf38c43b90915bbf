/** Hands out what nobody has: the centre's own to inspectors, the supervisor's and the blind overlap to supervisors. */
import type { InspectionKind } from '../ports/inspection-store.ts';
import type { QualityStore } from '../ports/quality-store.ts';
import { assignInspections } from '../rules/assignment.ts';
import type { Inspection } from '../rules/inspection.ts';
import { eachApart } from './each-apart.ts';
import type { createInspections } from './inspections.ts';

type Deps = {
  store: QualityStore;
  inspections: Pick<ReturnType<typeof createInspections>, 'take'>;
  /** In [0, 1) for a label: settles ties between inspectors so that neither side can choose the other. */
  chance: (label: string) => number;
};

/** Nobody holds more than this at once; the rest waits to be handed out. */
const mostHeld = 60;
const atOnce = 500;

export function createHandingOut({ store, inspections, chance }: Deps) {
  return async (): Promise<number> => {
    const [work, people] = await Promise.all([store.waitingInspections(atOnce), store.inspectorsOnDuty()]);
    let assigned = 0;
    for (const centreId of new Set(work.map((one) => one.centreId))) {
      for (const role of ['inspector', 'supervisor'] as const) {
        const plan = assignInspections(
          work.filter((one) => one.centreId === centreId && judgeOf(one.kind) === role),
          people
            .filter((one) => one.centreId === centreId && one.role === role)
            .map(({ id, load }) => ({ id, load, capacity: mostHeld })),
          chance,
        );
        await eachApart(plan.assignments, async ({ inspectionId, inspectorId }) => {
          // Another process may have given it out since it was read: who has it keeps it.
          await inspections.take(
            inspectionId,
            ({ life }) => (isWaiting(life) ? { kind: 'assign', inspectorId } : null),
            () => [],
          );
          assigned += 1;
        });
      }
    }
    return assigned;
  };
}

const isWaiting = ({ status }: Inspection): boolean => status === 'drawn' || status === 'expired';

function judgeOf(kind: InspectionKind): 'inspector' | 'supervisor' {
  return kind === 'weekly' || kind === 'overlap' || kind === 'calibration' ? 'supervisor' : 'inspector';
}
