/** Whether a dialog is on the screen: then it has the keyboard. A closed one stays in the document, hidden. */
export function dialogOpen(): boolean {
  return [...document.querySelectorAll('[role="dialog"]')].some((dialog) => dialog.checkVisibility());
}
