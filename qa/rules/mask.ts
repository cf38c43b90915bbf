/** A customer's number as pages show it: country and the last two digits; of a short one nothing. The dialler's rule (dialer/rules/phone-number.ts). */
export function maskedNumber(number: string | null): string {
  if (number === null) return '';
  return number.length <= 4 ? '••' : `${number.slice(0, number.startsWith('+') ? 3 : 2)}••••${number.slice(-2)}`;
}
