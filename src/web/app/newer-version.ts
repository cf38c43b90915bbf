/**
 * A page that was open while the product was updated asks for parts that no longer exist. It is loaded again, once in a
 * while at most: what the agent had entered and the call itself survive that.
 */
const keptAt = 'fairline.reloaded';
const atMostEveryMs = 60_000;

export function reloadWhenNewer(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const last = Number(window.sessionStorage.getItem(keptAt) ?? 0);
    if (Date.now() - last < atMostEveryMs) return;
    window.sessionStorage.setItem(keptAt, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
