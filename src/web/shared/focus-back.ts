import { useLayoutEffect, useState } from 'react';

/** For a dialog that leaves the page when it closes: whoever opened it has the focus again. */
export function useFocusBack(): void {
  // Looked up while drawing for the first time, before the dialog takes the focus.
  const [before] = useState(() => document.activeElement);
  useLayoutEffect(
    () => () => {
      // After the dialog has gone, else it takes the focus back.
      queueMicrotask(() => {
        if (before instanceof HTMLElement && before.isConnected) before.focus();
      });
    },
    [before],
  );
}
