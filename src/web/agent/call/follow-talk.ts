/** How the checklist of what must be said follows the talk: ticking leads through the script's steps. */
type Said = { id: string; step: string | null };
type Place = { step: number; ticked: readonly string[] };

/**
 * After a tick: the step of what was just said becomes the present one, and when nothing of it is left to say, the next step
 * that has something left. Taking a tick back leads to its step. Items of no step leave the place as it is.
 */
export function followTalk(stepIds: readonly string[], items: readonly Said[], place: Place, changed: string): Place {
  const ticked = place.ticked.includes(changed)
    ? place.ticked.filter((id) => id !== changed)
    : [...place.ticked, changed];
  const at = stepIds.findIndex((id) => id === items.find((item) => item.id === changed)?.step);
  if (at === -1) return { step: place.step, ticked };
  const open = (step: number) => items.some((item) => item.step === stepIds[step] && !ticked.includes(item.id));
  if (open(at)) return { step: at, ticked };
  const next = stepIds.findIndex((_, step) => step > at && open(step));
  return { step: next === -1 ? Math.min(at + 1, stepIds.length - 1) : next, ticked };
}
