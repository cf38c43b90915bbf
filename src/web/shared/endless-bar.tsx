/** Something is under way and nobody knows how far: no share is shown to the eye, nor told to a screen reader. */
export function EndlessBar({ label }: { label: string }) {
  return <div className="endless-bar" role="progressbar" aria-label={label} />;
}
