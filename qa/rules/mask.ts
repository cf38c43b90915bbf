/** A customer's number as pages show it: country and the last two digits. */
export function maskedNumber(number: string | null): string {
  return number === null ? '' : `${number.slice(0, 3)}••••${number.slice(-2)}`;
}
