/** For a dialog's `afterOpenChange`: what is to be filled in has the focus, not the cross that closes it. */
export function focusFirstField(opened: boolean): void {
  const focused = document.activeElement;
  // Who has begun to write while it opened stays where they are.
  if (!opened || focused === null || focused.closest('.ant-modal-body') !== null) return;
  focused
    .closest('.ant-modal')
    ?.querySelector<HTMLElement>('.ant-modal-body :is(input, textarea):not([disabled])')
    ?.focus();
}
