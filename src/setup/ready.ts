/** Its compiled form shows prepare.mjs that the compiler's output is there. */
export const ready = true;
