import type { Page } from 'playwright-core';

/**
 * What is wider than the box it stands in, one line each: cut off, or running into what stands beside it. A box that scrolls may
 * hold more than it shows, where its edge shows that there is more; so may a row of tabs with its shade and its menu of the rest, and a
 * line that ends in an ellipsis and says the rest in its title.
 */
export function sidewaysOverflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const drawing = [
      'svg',
      'canvas',
      '.visually-hidden',
      '.quiet-on-phone',
      '.who-name',
      '[aria-hidden="true"]',
      '.ant-input-number-actions',
    ]
      .flatMap((one) => [one, `${one} *`])
      .join();
    const tabs = '.ant-tabs-nav-wrap-ping-left, .ant-tabs-nav-wrap-ping-right';
    const allowed = (element: HTMLElement): boolean => {
      const { display, overflowX, textOverflow } = getComputedStyle(element);
      if (display === 'inline' || display === 'contents') return true;
      // A list for screen readers has no place at all.
      if (element.clientWidth === 0) return true;
      // Drawn by style alone, or a field that is written in: it shows where its writer is.
      if (element.childElementCount === 0 && element.textContent === '') return true;
      if (element.matches(tabs)) return true;
      if (overflowX === 'auto' || overflowX === 'scroll') return element.dataset.beyond !== undefined;
      return textOverflow === 'ellipsis' && element.closest('[title]') !== null;
    };
    const named = (element: HTMLElement): string => {
      const classes = [...element.classList].filter((name) => !name.startsWith('css-')).join('.');
      return `${element.tagName.toLowerCase()}${classes ? `.${classes}` : ''} in ${element.parentElement?.className ?? ''}`;
    };
    const found = [...document.body.querySelectorAll<HTMLElement>('*')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches(drawing))
      .filter((element) => {
        const beyondWindow = element.getBoundingClientRect().right - document.documentElement.clientWidth > 1;
        const inScroller = element.parentElement?.closest(`[data-beyond], ${tabs}`) ?? null;
        if (beyondWindow && inScroller === null) return true;
        return element.scrollWidth - element.clientWidth > 1 && !allowed(element);
      });
    // A box whose content is too wide for it is too wide for its own box in turn: the innermost says it.
    return found
      .filter((element) => !found.some((other) => other !== element && element.contains(other)))
      .map((element) => {
        const { right } = element.getBoundingClientRect();
        const text = (element.innerText ?? '').replace(/\s+/g, ' ').slice(0, 60);
        return `${named(element)}: ${element.scrollWidth} in ${element.clientWidth}, to ${Math.round(right)}: “${text}”`;
      });
  });
}
