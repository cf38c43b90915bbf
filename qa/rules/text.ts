/** A sentence in the two languages of the product. Forms and reason codes carry their own, because they are data. */
export interface LocalText {
  readonly en: string;
  readonly zh: string;
}
