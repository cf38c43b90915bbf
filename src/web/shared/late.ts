import { lazy } from 'react';

/**
 * Parts of the pages that are loaded when they are first needed. A part can fail to come because the line is broken: then it comes when the
 * line is back, and the page stays as it is, with the call that is on it. Or the product was updated while the page was open, and the part no
 * longer exists: then the page is loaded again; what the agent had entered and the call itself survive that.
 */
export const late: typeof lazy = (load) => lazy(() => loaded(load));

const againMs = 2_000;
/** So often a part may be missing from a server that is there and no newer. */
const mostMissing = 5;
const reloadedAt = 'fairline.reloaded';
const atMostEveryMs = 60_000;

/** What a part exports, as soon as it can be had. Rejects with what the import failed with where a server that is there does not have it. */
export async function loaded<T>(load: () => Promise<T>): Promise<T> {
  for (let missing = 0; ; ) {
    try {
      return await load();
    } catch (cause) {
      const server = await serverNow();
      if (server === 'newer' && reload()) return await new Promise(() => undefined);
      if (server !== 'silent' && ++missing >= mostMissing) throw cause;
    }
    await new Promise((resolve) => setTimeout(resolve, againMs));
  }
}

/** Whether the server that answers is the one that this page came from: it then begins with the same script. */
async function serverNow(): Promise<'same' | 'newer' | 'silent'> {
  const script = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  try {
    const answer = await fetch('/', { cache: 'no-store' });
    if (!answer.ok || script == null) return 'silent';
    return (await answer.text()).includes(script) ? 'same' : 'newer';
  } catch {
    // No line: that is an answer too.
    return 'silent';
  }
}

/** Loads the page again, once in a while at most. */
function reload(): boolean {
  const last = Number(window.sessionStorage.getItem(reloadedAt) ?? 0);
  if (Date.now() - last < atMostEveryMs) return false;
  window.sessionStorage.setItem(reloadedAt, String(Date.now()));
  window.location.reload();
  return true;
}
