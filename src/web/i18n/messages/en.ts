/** What clients are told outside the product, by mail or webhook. No customer's data and no figure: a link, behind which the reader signs in. */
export const en = {
  summary: {
    subject: (name: string, from: string, to: string) => `Weekly summary: ${name}, ${from} to ${to}`,
    published: (name: string) => `The weekly summary of the campaign “${name}” is published:`,
    listen: 'Please listen to a few recordings and tell us what you find; each remark becomes a case:',
  },
  case: {
    subject: (number: string) => `Complaint closed: ${number}`,
    closed: (number: string, name: string) =>
      `Complaint ${number} of the campaign “${name}” is closed. What came of it:`,
  },
};
